"""Topics: the four cooperation networks of the Norwegian project, and two that came later."""

from demo.data import Entry, L, Ref


def topic(key, name, slug, description, tone):
    return Entry(
        "news.Topic",
        f"topic/{key}",
        {
            "name": L(*name),
            "slug": L(*slug),
            "description": L(*description),
            "tone": tone,
        },
    )


def topic_links(*keys):
    return [{"topic": Ref(f"topic/{key}")} for key in keys]


ENTRIES = [
    topic(
        "strategy",
        ("Stratēģiskā vadīšana", "Strategic management"),
        ("strategiska-vadisana", "strategic-management"),
        (
            "Mērķi, rādītāji, budžets un pārmaiņu vadība pašvaldībā.",
            "Goals, indicators, budgets and the management of change in a municipality.",
        ),
        "carmine",
    ),
    topic(
        "social",
        (
            "Sociālais darbs un veselības aprūpes pieejamība",
            "Social work and access to health care",
        ),
        ("socialais-darbs-un-veselibas-aprupe", "social-work-and-health-care"),
        (
            "Sociālie pakalpojumi, atbalsts ģimenēm un senioriem, ceļš līdz ārstam.",
            "Social services, support for families and older people, the way to a doctor.",
        ),
        "plum",
    ),
    topic(
        "services",
        ("Sabiedriskie pakalpojumi un mājokļu politika", "Public services and housing policy"),
        ("sabiedriskie-pakalpojumi-un-majokli", "public-services-and-housing"),
        (
            "Ūdens, siltums, atkritumi, ceļi, mājokļi un kopīgi iepirkumi.",
            "Water, heat, waste, roads, housing and joint procurement.",
        ),
        "spruce",
    ),
    topic(
        "education",
        ("Izglītība un kultūra", "Education and culture"),
        ("izglitiba-un-kultura", "education-and-culture"),
        (
            "Skolu tīkls, pirmsskola, bibliotēkas, kultūras nami un jaunatne.",
            "The network of schools, early years, libraries, culture centres and young people.",
        ),
        "ochre",
    ),
    topic(
        "data",
        ("Dati un digitālie pakalpojumi", "Data and digital services"),
        ("dati-un-digitalie-pakalpojumi", "data-and-digital-services"),
        (
            "Datos balstīti lēmumi, datu atkalizmantošana, mākslīgais intelekts un e-pakalpojumi.",
            "Decisions based on data, reuse of data, artificial intelligence and e-services.",
        ),
        "sea",
    ),
    topic(
        "crisis",
        ("Gatavība krīzēm", "Crisis readiness"),
        ("gataviba-krizem", "crisis-readiness"),
        (
            "Civilā aizsardzība, darbības nepārtrauktība un noturīga pašvaldība.",
            "Civil protection, continuity of work and the resilient municipality.",
        ),
        "slate",
    ),
]
