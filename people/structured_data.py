"""Members of the board as structured data."""

from home.structured_data import moment, organization_id, page_id, telephone


def person(page, context) -> dict:
    """A person with the office, the workplace and the seats held today."""
    chrome, metadata = context["chrome"], context["metadata"]
    term, municipality, portrait = context["current_term"], page.municipality, page.portrait_address
    workplace = {
        "@type": "Organization" if page.organisation else "GovernmentOrganization",
        "name": page.workplace,
        "url": municipality.website if municipality and not page.organisation else None,
    }
    return {
        "@type": "Person",
        "@id": f"{metadata.url}#person",
        "name": page.title,
        "url": metadata.url,
        "mainEntityOfPage": page_id(metadata),
        "jobTitle": list(filter(None, [page.position, term and term.role_title])),
        "email": page.email,
        "telephone": telephone(page),
        "image": chrome.absolute(portrait) if portrait else None,
        "worksFor": workplace if page.workplace else None,
        "memberOf": term
        and {
            "@type": "OrganizationRole",
            "memberOf": organization_id(chrome),
            "roleName": f"{term.role_title}, {term.seat.name}",
            "startDate": moment(term.starts_on),
        },
    }
