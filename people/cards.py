"""Cards of contact (vCard 3.0: what phones, Outlook and webmail all read; few take 4.0)."""

import datetime

import vobject

from home.structured_data import telephone


def vcard(person, chrome) -> str:
    """Return what the page of a person shows of how to reach them, and nothing more."""
    *given, family = person.title.split()
    term = person.current_term
    card = vobject.vCard()
    card.add("uid").value = person.translation_key.urn
    card.add("fn").value = person.title
    card.add("n").value = vobject.vcard.Name(
        family=family, given=" ".join(given[:1]), additional=" ".join(given[1:])
    )
    if person.workplace:
        card.add("org").value = [person.workplace]
    if person.position:
        card.add("title").value = person.position
    if term:
        office = f"{chrome.texts.short_name}: {term.role_title}, {term.seat.name}"
        card.add("role").value = office
    if person.email:
        add(card, "email", person.email, "INTERNET", "WORK")
    if person.phone:
        add(card, "tel", telephone(person), "WORK", "VOICE")
    card.add("url").value = person.get_full_url(chrome.request)
    if address := person.portrait_address:
        photo = add(card, "photo", chrome.absolute(address))
        photo.value_param = "uri"
    published = person.last_published_at or person.first_published_at
    if published:
        card.add("rev").value = published.astimezone(datetime.UTC).strftime("%Y%m%dT%H%M%SZ")
    return card.serialize()


def add(card, name: str, value: str, *types: str):
    """Add a property with its types and return it."""
    line = card.add(name)
    line.value = value
    if types:
        line.type_param = list(types)
    return line
