"""Conferences and the insights brought home from them.

The insights of Prague are the five of the customer's article; the others are of our making.
References are given by the register in this order: LPIA-A-2022-01 to LPIA-A-2022-05.
"""

from datetime import date

from demo.data import Entry, L, Ref, body, h, p, ul

from .topics import topic_links


def insight(lv, en, *topics, why=None, meeting=None):
    return {
        "text": L(lv, en),
        "explanation": L(*why) if why else "",
        "topic_links": topic_links(*topics),
        "meeting": Ref(f"meeting/{meeting}") if meeting else None,
    }


def conference(
    key, slug, title, days, city, country, organiser, theme, insights, body, meetings=()
):
    return Entry(
        "news.ConferencePage",
        f"conference/{key}",
        {
            "title": L(*title),
            "slug": L(*slug),
            "starts_on": days[0],
            "ends_on": days[1],
            "city": L(*city),
            "country": country,
            "organiser": L(*organiser),
            "theme": L(*theme),
            "insights": insights,
            "body": body,
            "recordings": [{"meeting": Ref(f"meeting/{meeting}")} for meeting in meetings],
        },
        parent="insights",
        published=days[1],
    )


LATVIA = "LV"
LPIA_AND_LPS = ("LPIA sadarbībā ar LPS", "LPIA in cooperation with LPS")

JURMALA = conference(
    "jurmala-2019",
    ("jurmala-2019", "jurmala-2019"),
    ("Pārvaldība pirms reformas", "Governance before the reform"),
    (date(2019, 10, 3), date(2019, 10, 4)),
    ("Jūrmala", "Jūrmala"),
    LATVIA,
    LPIA_AND_LPS,
    (
        "Kas pašvaldībās jāsakārto, pirms tās apvieno, lai pakalpojumi nepārtrūktu nevienu dienu.",
        "What municipalities have to put in order before they are merged, so that services do not "
        "stop for a single day.",
    ),
    [
        insight(
            "Apvienošana sākas ar kopīgu līgumu reģistru: ko nezina par saistībām, to pārmanto "
            "kopā ar strīdiem.",
            "A merger begins with a common register of contracts: commitments that nobody knows of "
            "are inherited together with the disputes.",
            "strategy",
            "data",
        ),
        insight(
            "Darbinieks pārmaiņas pieņem vieglāk, ja nākamo kolēģi pazīst jau pirms lēmuma.",
            "Employees accept change more easily if they know their future colleagues before the "
            "decision.",
            "strategy",
        ),
        insight(
            "Arhīvu kārto, kamēr vēl strādā cilvēki, kuri atceras, kas mapēs atrodas.",
            "Archives should be put in order while the people who remember what is in the folders "
            "are still at work.",
            "data",
            "strategy",
        ),
    ],
    body(
        p(
            "Divu dienu konferencē piecas darba grupas sagatavoja darbu sarakstus līgumiem, "
            "datiem, personālam, klientu apkalpošanai un saziņai.",
            "At the two-day conference five working groups prepared lists of tasks for contracts, "
            "data, staff, customer service and communication.",
        ),
    ),
)

VALMIERA = conference(
    "valmiera-2021",
    ("valmiera-2021", "valmiera-2021"),
    ("Jaunie novadi: pirmie mēneši", "The new counties: the first months"),
    (date(2021, 11, 25), date(2021, 11, 26)),
    ("Valmiera", "Valmiera"),
    LATVIA,
    LPIA_AND_LPS,
    (
        "Kas pēc 2021. gada 1. jūlija izdevies ātri, kas prasa gadus un ko jaunie novadi var "
        "mācīties cits no cita.",
        "What went fast after 1 July 2021, what will take years, and what the new counties can "
        "learn from one another.",
    ),
    [
        insight(
            "Pagasta pārvaldes uzdevumus raksta no iedzīvotāja puses: kas jānokārto vienā "
            "apmeklējumā, tuvu mājām.",
            "The tasks of a parish office are written from the resident’s side: what must be "
            "settled in one visit, close to home.",
            "services",
        ),
        insight(
            "Vienotu noteikumu visā novadā var ieviest tikai tad, ja iepriekš salīdzināts, ko "
            "zaudē un ko iegūst katrs pagasts.",
            "One rule for the whole county can be introduced only after comparing what each parish "
            "loses and gains.",
            "strategy",
            "services",
        ),
        insight(
            "Saruna par skolu tīklu jāsāk ar autobusa maršrutu, nevis ar ēkas bilanci.",
            "The conversation about the network of schools must begin with the bus route and not "
            "with the balance sheet of the building.",
            "education",
        ),
    ],
    body(
        p(
            "Konferences dalībnieki apmeklēja apvienoto klientu apkalpošanas centru un divas "
            "pagastu pārvaldes.",
            "Participants visited a merged customer service centre and two parish offices.",
        ),
    ),
)

PRAGUE = conference(
    "prague-2022",
    ("praga-2022", "prague-2022"),
    (
        "Starptautiskās izpilddirektoru asociācijas 7. Eiropas konference",
        "7th European conference of the international city managers’ association",
    ),
    (date(2022, 11, 15), date(2022, 11, 16)),
    ("Prāga", "Prague"),
    "CZ",
    ("Starptautiskā izpilddirektoru asociācija", "International city managers’ association"),
    (
        "Noturīga pašvaldība: tās gatavība sociāliem, ekonomiskiem un militāriem satricinājumiem "
        "un dabas katastrofām.",
        "The resilient municipality: its readiness for social, economic and military shocks and "
        "natural disasters.",
    ),
    [
        insight(
            "Eiropas valstu pašvaldībām ir līdzīgas problēmas, kas jārisina.",
            "Municipalities in European countries have similar problems to deal with.",
            "strategy",
            why=(
                "Tāpēc kaimiņa risinājumu vispirms ir vērts pielāgot un tikai tad meklēt savu.",
                "That is why it is worth adapting a neighbour’s solution before looking for one’s "
                "own.",
            ),
        ),
        insight(
            "Pašvaldībām Eiropā ir līdzīgi izaicinājumi: jāmeklē izeja no enerģijas un inflācijas "
            "krīzes, un grūti ir arī sagatavot sabalansētu budžetu.",
            "Municipalities in Europe face similar challenges: they must look for a way out of the "
            "energy and inflation crisis, and preparing a balanced budget is difficult too.",
            "strategy",
            "crisis",
        ),
        insight(
            "Jādomā, kā pašvaldības spēj pielāgoties jauniem pakalpojumu sniegšanas modeļiem, kas "
            "ir efektīvāki un ceļ gan darba, gan pakalpojumu kvalitāti.",
            "Thought must be given to how municipalities can adapt to new models of providing "
            "services that are more efficient and raise the quality of both the work and the "
            "services.",
            "services",
        ),
        insight(
            "Jāizvērtē, kā datus ar esošajiem rīkiem vēl vairāk izmantot savstarpēji, to analīzē "
            "lietojot arī mākslīgā intelekta elementus, lai datos balstītus lēmumus pieņemtu "
            "proaktīvāk.",
            "It must be assessed how data can be shared and reused even more with existing tools, "
            "applying elements of artificial intelligence in their analysis as well, so that "
            "decisions based on data are taken more proactively.",
            "data",
            why=(
                "Pieredzē dalījās Austrija, Rumānija un Itālija.",
                "Austria, Romania and Italy shared their experience.",
            ),
            meeting="2022-12",
        ),
        insight(
            "Vajadzīgi mehānismi, kā būt gataviem dažādiem satricinājumiem, efektīvi pielāgoties "
            "situācijai un mazināt riskus. Dati jāuzkrāj, lai tos analizētu un būtu labāk gatavi "
            "izaicinājumiem.",
            "Mechanisms are needed for being ready for different shocks, adapting to the situation "
            "effectively and reducing risks. Data must be accumulated so that they can be analysed "
            "and challenges met better prepared.",
            "crisis",
            "data",
            meeting="2022-12",
        ),
    ],
    body(
        p(
            "LPIA pārstāvji konferencē stāstīja par Latvijas pašvaldību vadīšanu un uzklausīja "
            "Ukrainas, Palestīnas, Polijas, Austrijas, Rumānijas un Itālijas kolēģu pieredzi.",
            "Representatives of LPIA spoke about the management of Latvian municipalities and "
            "heard the experience of colleagues from Ukraine, Palestine, Poland, Austria, Romania "
            "and Italy.",
        ),
        h("Konferences temati", "Subjects of the conference"),
        ul(
            ("Ukraina: pilsētas vadīšana karā", "Ukraine: running a city in war"),
            (
                "Palestīna: Ramalas noturība un ilgtspējīgas attīstības mērķi",
                "Palestine: the resilience of Ramallah and the Sustainable Development Goals",
            ),
            (
                "Polija: par 5 % mazāki budžeti un kopīgi iepirkumi",
                "Poland: budgets cut by 5% and joint procurement",
            ),
            (
                "Latvija: ikmēneša sanāksmes kā platforma",
                "Latvia: monthly meetings as a platform",
            ),
            (
                "Austrija: dati lēmumu pieņemšanā",
                "Austria: data in decision-making",
            ),
            (
                "Rumānija un Itālija: mākslīgais intelekts pašvaldībās",
                "Romania and Italy: artificial intelligence in municipalities",
            ),
        ),
    ),
    meetings=("2022-12",),
)

TALLINN = conference(
    "tallinn-2023",
    ("tallina-2023", "tallinn-2023"),
    (
        "Baltijas valstu pašvaldību izpildvadītāju forums",
        "Forum of Baltic municipal executives",
    ),
    (date(2023, 9, 21), date(2023, 9, 22)),
    ("Tallina", "Tallinn"),
    "EE",
    (
        "Baltijas valstu pašvaldību izpildvadītāju darba grupa",
        "Working group of Baltic municipal executives",
    ),
    (
        "Digitālie pakalpojumi, kurus pašvaldības veido kopā, un tas, ko nevajag digitalizēt.",
        "Digital services that municipalities build together, and what should not be digitised.",
    ),
    [
        insight(
            "Vispirms sakārto procesu, tad datus un tikai pēc tam pasūta programmu; pretējā secībā "
            "digitalizē nekārtību.",
            "First put the process right, then the data, and only then commission software; the "
            "other way round it is disorder that gets digitised.",
            "data",
            "strategy",
        ),
        insight(
            "E-pakalpojums ir pabeigts tad, kad to bez palīdzības var lietot cilvēks, kurš to dara "
            "reizi piecos gados.",
            "An e-service is finished when somebody who uses it once in five years can do so "
            "without help.",
            "data",
            "services",
        ),
        insight(
            "Kopīga sistēma izmaksā lētāk tikai tad, ja pašvaldības ir gatavas atteikties no "
            "saviem izņēmumiem.",
            "A common system costs less only if municipalities are ready to give up their "
            "exceptions.",
            "services",
            "data",
        ),
        insight(
            "Katram digitālajam pakalpojumam vajadzīgs tālruņa numurs, pa kuru atbild cilvēks.",
            "Every digital service needs a telephone number that a human being answers.",
            "social",
            "data",
        ),
    ],
    body(
        p(
            "Forumā salīdzināja triju valstu risinājumus klientu apkalpošanā, datu apmaiņā un "
            "dokumentu pārvaldībā.",
            "The forum compared solutions of the three countries in customer service, data "
            "exchange and the management of documents.",
        ),
    ),
    meetings=("2023-10",),
)

KULDIGA = conference(
    "kuldiga-2024",
    ("kuldiga-2024", "kuldiga-2024"),
    ("Pašvaldības datu gads", "A municipality’s year of data"),
    (date(2024, 10, 17), date(2024, 10, 18)),
    ("Kuldīga", "Kuldīga"),
    LATVIA,
    LPIA_AND_LPS,
    (
        "Lēmumi, kuri datu dēļ bija citādi: maršruti, bērnudārzi, remonti un siltums.",
        "Decisions that turned out differently because of data: routes, kindergartens, repairs and "
        "heat.",
    ),
    [
        insight(
            "Vērtīgākie dati pašvaldībā jau ir; tie jāsavieno, jāapraksta un jāuztic konkrētam "
            "cilvēkam.",
            "The most valuable data are in the municipality already; they have to be connected, "
            "described and entrusted to a particular person.",
            "data",
        ),
        insight(
            "Rādītājs, kura dēļ neviens nav neko mainījis savā darbā, ir jāsvītro.",
            "An indicator because of which nobody has changed their work should be deleted.",
            "strategy",
            "data",
        ),
        insight(
            "Ja lēmumu pamato ar datiem, lēmuma projektā jānorāda to avots un vecums.",
            "If a decision is justified by data, the draft decision must state their source and "
            "age.",
            "strategy",
            "data",
            meeting="2024-11",
        ),
        insight(
            "Bērnudārza rinda ir labākā iedzīvotāju skaita prognoze: to atjauno katru dienu, un "
            "vecāki par to atbild paši.",
            "The waiting list of kindergartens is the best population forecast: it is updated "
            "daily and parents answer for it themselves.",
            "education",
            "data",
        ),
        insight(
            "Mākslīgais intelekts pašvaldībā sākas ar labu datu aprakstu; bez tā rīks pārliecinoši "
            "atkārto kļūdas.",
            "Artificial intelligence in a municipality begins with a good description of data; "
            "without it a tool repeats mistakes convincingly.",
            "data",
        ),
    ],
    body(
        p(
            "Konferences referāti sākās ar lēmumu un tikai tad rādīja datus. Darba grupās "
            "dalībnieki pārbaudīja datu kataloga paraugu.",
            "The talks began with a decision and only then showed data. In working groups "
            "participants tested the sample data catalogue.",
        ),
    ),
    meetings=("2024-11",),
)

DAUGAVPILS = conference(
    "daugavpils-2025",
    ("daugavpils-2025", "daugavpils-2025"),
    ("Gatavība krīzei pašvaldībā", "Readiness for a crisis in a municipality"),
    (date(2025, 10, 9), date(2025, 10, 10)),
    ("Daugavpils", "Daugavpils"),
    LATVIA,
    LPIA_AND_LPS,
    (
        "Civilās aizsardzības plāni, mācības un cilvēki, kuri krīzē pašvaldībā būs pirmie.",
        "Civil protection plans, exercises, and the people who will be first on the spot in a "
        "municipality’s crisis.",
    ),
    [
        insight(
            "Plāns, ko var atvērt tikai ar elektrību un internetu, krīzes plāns nav.",
            "A plan that opens only with electricity and the internet is no plan for a crisis.",
            "crisis",
        ),
        insight(
            "Reizi gadā pārbaudīt vienu plāna daļu ir noderīgāk nekā reizi piecos gados visu "
            "plānu.",
            "Testing one part of the plan every year is more useful than testing the whole plan "
            "once in five years.",
            "crisis",
            "strategy",
            meeting="2026-05",
        ),
        insight(
            "Saraksts ar vientuļi dzīvojošiem cilvēkiem, kuri piekrīt, ka viņiem zvana, jāuztur "
            "miera laikā.",
            "The list of people who live alone and agree to be called must be kept up in quiet "
            "times.",
            "social",
            "crisis",
        ),
        insight(
            "Krīzē iedzīvotāji vispirms dodas uz tuvāko pašvaldības ēku, kurā deg gaisma; tā "
            "jāizvēlas un jāaprīko iepriekš.",
            "In a crisis residents first go to the nearest municipal building with a light on; it "
            "has to be chosen and equipped beforehand.",
            "crisis",
            "services",
        ),
    ],
    body(
        p(
            "Konferencē trīs darba grupas strādāja ar vienu scenāriju: trīs dienas bez elektrības "
            "ziemā.",
            "At the conference three working groups worked on one scenario: three winter days "
            "without electricity.",
        ),
    ),
    meetings=("2026-05",),
)

ENTRIES = [JURMALA, VALMIERA, PRAGUE, TALLINN, KULDIGA, DAUGAVPILS]
