"""The pages of the association itself."""

import datetime

from demo.data import Entry, L, body, contacts, h, ol, p, rich, ul

LAUNCH = datetime.date(2026, 9, 30)

NAME = L(
    "Latvijas Pašvaldību izpilddirektoru asociācija",
    "Association of Executive Directors of Latvian Municipalities",
)


def page(model, key, parent, slug, title, published=LAUNCH, **values):
    return Entry(
        model,
        key,
        {"title": L(*title), "slug": L(*slug), "show_in_menus": True, **values},
        parent=parent,
        published=published,
    )


HOME = Entry(
    "home.HomePage",
    "home",
    {
        "title": L("Sākums", "Home"),
        "slug": L("lv", "en"),
        "summary": L(
            "Latvijas Pašvaldību izpilddirektoru asociācija (LPIA) apvieno pašvaldību "
            "izpildinstitūciju vadītājus. Ziņas, konferenču atziņas, sanāksmju ieraksti un "
            "kontakti.",
            "The Association of Executive Directors of Latvian Municipalities (LPIA) unites the "
            "heads of municipal executive institutions. News, conference insights, recordings of "
            "meetings and contacts.",
        ),
        "mission": L(
            "LPIA apvieno cilvēkus, kuri vada Latvijas pašvaldību ikdienas darbu.",
            "LPIA unites the people who run the everyday work of Latvia’s municipalities.",
        ),
        "introduction": rich(
            p(
                "Latvijas Pašvaldību izpilddirektoru asociācija darbojas Latvijas Pašvaldību "
                "savienībā (LPS). Tās dalībnieki katru mēnesi tiekas, lai dalītos pieredzē, un "
                "glabā konferencēs gūtās atziņas tā, lai tās noderētu visiem.",
                "The Association of Executive Directors of Latvian Municipalities works within "
                "the Latvian Association of Local and Regional Governments (LPS). Its members "
                "meet every month to share experience, and keep the insights gained at "
                "conferences so that they are useful to all.",
            )
        ),
    },
)

ABOUT = page(
    "home.ContentPage",
    "about",
    "home",
    ("par-lpia", "about"),
    ("Par LPIA", "About LPIA"),
    summary=L(
        "Kas ir Latvijas Pašvaldību izpilddirektoru asociācija, kā tā strādā un kas to vada.",
        "What the Association of Executive Directors of Latvian Municipalities is, how it works "
        "and who leads it.",
    ),
    lead=L(
        "Latvijas Pašvaldību izpilddirektoru asociācija (LPIA) apvieno un organizē pašvaldību "
        "izpildinstitūciju vadītājus. Tā darbojas Latvijas Pašvaldību savienībā.",
        "The Association of Executive Directors of Latvian Municipalities (LPIA) unites and "
        "organises the heads of municipal executive institutions. It works within the Latvian "
        "Association of Local and Regional Governments.",
    ),
    body=body(
        p(
            "Izpilddirektors atbild par to, lai domes lēmumi kļūtu par padarītu darbu: lai ceļš "
            "būtu iztīrīts, skola silta un iesniegums izskatīts laikā. Šie uzdevumi visās "
            "pašvaldībās ir līdzīgi, tāpēc pieredze noder arī kaimiņiem.",
            "An executive director answers for turning the decisions of the council into work "
            "done: a road cleared, a school warm, an application handled in time. These tasks are "
            "similar in all municipalities, and so experience is useful to neighbours too.",
        ),
        h("Kā LPIA strādā", "How LPIA works"),
        ul(
            (
                "<b>Sanāksmes</b> notiek reizi mēnesī. To ieraksti ir pieejami LPS YouTube kanāla "
                "LPIA atskaņošanas sarakstā un šajā vietnē.",
                "<b>Meetings</b> are held monthly. Their recordings can be found in the LPIA "
                "playlist of the LPS YouTube channel and on this site.",
            ),
            (
                "<b>Konferencēs</b> Latvijā un ārzemēs gūtās atziņas tiek glabātas atziņu krātuvē.",
                "<b>Conferences</b> in Latvia and abroad yield insights that are kept in the "
                "Insights Library.",
            ),
            (
                "<b>Valde</b> sastāv no pašvaldību grupu un reģionu pārstāvjiem.",
                "<b>The Board</b> consists of representatives of groups of municipalities and of "
                "regions.",
            ),
        ),
        h("Vieta LPS", "Its place in LPS"),
        p(
            "LPIA piedalās LPS lēmumu izstrādē un izpildē. No LPS puses asociācijas darbu koordinē "
            "padomniece.",
            "LPIA takes part in drafting and carrying out the decisions of LPS. An adviser of LPS "
            "coordinates the work of the association.",
        ),
    ),
)


def goal(number, text, explanation):
    return {"number": number, "text": L(*text), "explanation": L(*explanation)}


GOALS = page(
    "home.GoalsPage",
    "goals",
    "about",
    ("merki", "goals"),
    ("Mērķi", "Goals"),
    summary=L(
        "Pieci LPIA mērķi un noteikumi par dalību asociācijā.",
        "The five goals of LPIA and the rules of membership.",
    ),
    introduction=L(
        "Latvijas Pašvaldību izpilddirektoru asociācijas (LPIA) mērķis ir apvienot un organizēt "
        "pašvaldību izpildinstitūciju vadītājus, lai:",
        "The aim of the Association of Executive Directors of Latvian Municipalities (LPIA) is to "
        "unite and organise the heads of municipal executive institutions in order to:",
    ),
    goals=[
        goal(
            "1.1",
            (
                "attīstītu starppašvaldību kontaktus, sekmētu vispārējo sadarbību, pieredzes "
                "apmaiņu un pašvaldību attīstību;",
                "develop contacts between municipalities and promote general cooperation, the "
                "exchange of experience and the development of municipalities;",
            ),
            (
                "Ikmēneša sanāksmes, četri sadarbības tīkli un viesošanās citam pie cita.",
                "Monthly meetings, four cooperation networks and visits to one another.",
            ),
        ),
        goal(
            "1.2",
            (
                "paaugstinātu dalībnieku kvalifikāciju;",
                "raise the qualifications of members;",
            ),
            (
                "Konferences, mācības un atziņu krātuve.",
                "Conferences, training and the Insights Library.",
            ),
        ),
        goal(
            "1.3",
            (
                "piedalītos LPS lēmumu izstrādē un izpildē;",
                "take part in drafting and carrying out decisions of LPS;",
            ),
            (
                "Atzinumi par projektiem, pirms tie kļūst par pienākumu.",
                "Opinions on drafts before they become duties.",
            ),
        ),
        goal(
            "1.4",
            (
                "rūpētos par dalībnieku tiesisko aizsardzību;",
                "care for the legal protection of members;",
            ),
            (
                "Padoms un atbalsts amata pienākumu pildīšanā.",
                "Advice and support in the duties of office.",
            ),
        ),
        goal(
            "1.5",
            (
                "pārstāvētu LPIA dalībnieku intereses Eiropas Savienības, Eiropas Padomes un citās "
                "starptautiskajās pašvaldību izpildvadītāju intereses pārstāvošās institūcijās.",
                "represent the interests of LPIA members in the institutions of the European "
                "Union, the Council of Europe and other international institutions that represent "
                "the interests of municipal executives.",
            ),
            (
                "Dalība starptautiskās konferencēs un asociācijās.",
                "Taking part in international conferences and associations.",
            ),
        ),
    ],
    body=body(
        h("Dalība", "Membership"),
        p(
            "LPIA dalībnieki ir pašvaldības – LPS biedri. Iestāšanās LPIA un izstāšanās no tās "
            "notiek, pamatojoties uz pašvaldības pieteikumu vai atteikumu.",
            "The members of LPIA are municipalities that belong to LPS. A municipality joins LPIA "
            "or leaves it on the basis of its application or notice of withdrawal.",
        ),
        h("Pārstāvība", "Representation"),
        p(
            "Dalībnieku LPIA pārstāv pašvaldības izpilddirektors un (vai) viņa vietnieks, kā arī "
            "pašvaldības deleģētas personas.",
            "A member is represented in LPIA by the executive director of the municipality and/or "
            "the deputy, and by persons whom the municipality delegates.",
        ),
    ),
)

BOARD = page(
    "people.BoardPage",
    "board",
    "about",
    ("valde", "board"),
    ("Valde", "Board"),
    summary=L(
        "LPIA valdes sastāvs šodien un jebkurā citā dienā.",
        "The LPIA Board of today and of any other day.",
    ),
    lead=L(
        "Valdē ir astoņas vietas. Katra pārstāv pašvaldību grupu vai reģionu.",
        "The Board has eight seats. Each represents a group of municipalities or a region.",
    ),
)

MUNICIPALITIES = page(
    "people.MunicipalitiesPage",
    "municipalities",
    "about",
    ("pasvaldibas", "municipalities"),
    ("Pašvaldības", "Municipalities"),
    summary=L(
        "Latvijas pašvaldības pa plānošanas reģioniem.",
        "The municipalities of Latvia by planning region.",
    ),
    lead=L(
        "Latvijā ir septiņas valstspilsētas un 35 novadi piecos plānošanas reģionos. LPIA "
        "dalībnieki ir tās pašvaldības, kuras ir LPS biedri un iesniegušas pieteikumu.",
        "Latvia has seven state cities and 35 counties in five planning regions. The members of "
        "LPIA are those municipalities that belong to LPS and have applied.",
    ),
)


def form_field(label, field_type, required=True, help_text=None, choices=None):
    return {
        "label": L(*label),
        "field_type": field_type,
        "required": required,
        "help_text": L(*help_text) if help_text else "",
        "choices": L(*choices) if choices else "",
    }


JOINING = page(
    "home.FormPage",
    "joining",
    "about",
    ("iestasanas", "joining"),
    ("Iestāšanās un izstāšanās", "Joining and leaving"),
    summary=L(
        "Kā pašvaldība iestājas LPIA vai izstājas no tās.",
        "How a municipality joins LPIA or leaves it.",
    ),
    lead=L(
        "LPIA dalībnieki ir pašvaldības – LPS biedri. Lai iestātos vai izstātos, pašvaldība "
        "iesniedz pieteikumu.",
        "The members of LPIA are municipalities that belong to LPS. To join or to leave, a "
        "municipality submits an application.",
    ),
    body=body(
        h("Kā tas notiek", "How it works"),
        ol(
            (
                "Pašvaldība aizpilda veidlapu un norāda, kas to pārstāvēs.",
                "The municipality fills in the form and names who will represent it.",
            ),
            (
                "Asociācija pieteikumu apstiprina e-pastā.",
                "The association confirms the application by e-mail.",
            ),
            (
                "Pārstāvis saņem uzaicinājumu uz nākamo sanāksmi.",
                "The representative receives an invitation to the next meeting.",
            ),
        ),
    ),
    button_label=L("Iesniegt pieteikumu", "Submit the application"),
    thank_you=rich(
        p(
            "Paldies, pieteikums ir saņemts. Atbilde tiks nosūtīta uz norādīto e-pasta adresi "
            "piecu darbdienu laikā.",
            "Thank you, the application has been received. An answer will be sent to the e-mail "
            "address given within five working days.",
        )
    ),
    subject=L("Pieteikums LPIA", "Application to LPIA"),
    retention_months=24,
    form_fields=[
        form_field(
            ("Pieteikuma mērķis", "Purpose of the application"),
            "radio",
            choices=(
                "Iestāties LPIA\nIzstāties no LPIA",
                "Join LPIA\nLeave LPIA",
            ),
        ),
        form_field(("Pašvaldība", "Municipality"), "municipality"),
        form_field(
            ("Pārstāvja vārds un uzvārds", "Name of the representative"),
            "singleline",
            help_text=(
                "Izpilddirektors, vietnieks vai cita pašvaldības deleģēta persona.",
                "The executive director, the deputy or another person whom the municipality "
                "delegates.",
            ),
        ),
        form_field(("Amats", "Office"), "singleline"),
        form_field(("E-pasts", "E-mail"), "email"),
        form_field(("Tālrunis", "Phone"), "singleline", required=False),
        form_field(("Piezīmes", "Remarks"), "multiline", required=False),
    ],
)

NEWS = page(
    "news.NewsIndexPage",
    "news",
    "home",
    ("aktualitates", "news"),
    ("Aktualitātes", "News"),
    summary=L(
        "LPIA ziņas pa tēmām un gadiem.",
        "News of LPIA by topic and year.",
    ),
    lead=L(
        "Asociācijas ziņas, sadarbības tīklu secinājumi un konferenču pārskati.",
        "News of the association, conclusions of the cooperation networks and conference reports.",
    ),
)

INSIGHTS = page(
    "news.InsightLibraryPage",
    "insights",
    "home",
    ("atzinas", "insights"),
    ("Atziņu krātuve", "Insights Library"),
    summary=L(
        "Konferencēs gūtās atziņas ar nemainīgiem apzīmējumiem.",
        "Insights gained at conferences, with references that never change.",
    ),
    lead=L(
        "Ko LPIA dalībnieki ir mācījušies konferencēs Latvijā un ārzemēs. Katrai atziņai ir "
        "apzīmējums, kas nekad nemainās.",
        "What the members of LPIA have learned at conferences in Latvia and abroad. Each insight "
        "has a reference that never changes.",
    ),
    reference_prefix="LPIA-A",
    licence=L("CC BY 4.0 (piemērs)", "CC BY 4.0 (example)"),
    licence_url="https://creativecommons.org/licenses/by/4.0/",
)

MEETINGS = page(
    "home.MeetingsPage",
    "meetings",
    "home",
    ("sanaksmes", "meetings"),
    ("Sanāksmes", "Meetings"),
    summary=L(
        "LPIA ikmēneša sanāksmes: darba kārtība, ieraksti un materiāli.",
        "The monthly meetings of LPIA: agendas, recordings and materials.",
    ),
    lead=L(
        "LPIA tiekas katru mēnesi. Ieraksti ir pieejami LPS YouTube kanāla LPIA atskaņošanas "
        "sarakstā; šeit tie ir kopā ar darba kārtību un materiāliem.",
        "LPIA meets every month. Recordings can be found in the LPIA playlist of the LPS YouTube "
        "channel; here they stand together with agendas and materials.",
    ),
)

CONTACTS = page(
    "home.ContentPage",
    "contacts",
    "home",
    ("kontakti", "contacts"),
    ("Kontakti", "Contacts"),
    summary=L("Kā sazināties ar LPIA.", "How to reach LPIA."),
    lead=L(
        "Jautājumus par asociācijas darbu, sanāksmēm un iestāšanos var uzdot valdes "
        "priekšsēdētājam vai LPS padomniecei.",
        "Questions about the work of the association, its meetings and joining it can be put to "
        "the chair of the Board or to the adviser at LPS.",
    ),
    body=body(contacts()),
)

EASY_READ = page(
    "home.EasyReadPage",
    "easy-to-read",
    "home",
    ("viegli-lasit", "easy-to-read"),
    ("Viegli lasīt", "Easy to read"),
    summary=L("Īsi un vienkārši par LPIA.", "LPIA in short and simple words."),
    body=body(
        h("Kas ir LPIA?", "What is LPIA?"),
        p("LPIA ir asociācija.", "LPIA is an association."),
        p(
            "Asociācija ir cilvēku grupa ar kopīgu mērķi.",
            "An association is a group with one aim.",
        ),
        p("LPIA strādā Latvijā.", "LPIA works in Latvia."),
        h("Kas ir pašvaldība?", "What is a municipality?"),
        p("Latvijā ir 42 pašvaldības.", "Latvia has 42 municipalities."),
        p("Pašvaldība rūpējas par savu vietu.", "A municipality cares for its place."),
        p("Tā rūpējas par skolām un ceļiem.", "It cares for schools and roads."),
        p("Tā palīdz cilvēkiem, kam vajadzīga palīdzība.", "It helps people who need help."),
        h("Ko dara izpilddirektors?", "What does an executive director do?"),
        p("Izpilddirektors strādā pašvaldībā.", "An executive director works in a municipality."),
        p("Viņš vai viņa vada ikdienas darbu.", "He or she runs the daily work."),
        h("Ko dara LPIA?", "What does LPIA do?"),
        ul(
            ("Izpilddirektori tiekas katru mēnesi.", "The directors meet every month."),
            ("Viņi stāsta, kas izdevies.", "They say what went well."),
            ("Viņi mācās cits no cita.", "They learn from each other."),
            ("Viņi brauc uz konferencēm.", "They go to conferences."),
        ),
        h("Kas vada LPIA?", "Who leads LPIA?"),
        p("LPIA vada valde.", "The Board leads LPIA."),
        p("Valdē ir astoņas vietas.", "The Board has eight seats."),
        h("Kā var jautāt?", "How can I ask?"),
        p(
            "Tālruņi un e-pasti ir lapā „Kontakti“.",
            "Phones and e-mails are on the page “Contacts”.",
        ),
        p("Var zvanīt vai rakstīt.", "You can call or write."),
    ),
)
