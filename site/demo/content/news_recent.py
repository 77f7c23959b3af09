"""News from 2022 to 2026."""

from datetime import date

from demo.data import (
    File,
    L,
    Picture,
    body,
    documents,
    figure,
    h,
    note,
    ol,
    p,
    quote,
    table,
    ul,
    video,
)

from .articles import article

DATA_CATALOGUE = File(
    "datu-katalogs-data-catalogue.csv",
    "Datu kataloga paraugs · Sample data catalogue",
    (
        (
            L("Datu kopa", "Data set"),
            L("Turētājs", "Holder"),
            L("Atjaunošana", "Updated"),
            L("Pieejamība", "Access"),
        ),
        (
            L("Pašvaldības ceļi", "Municipal roads"),
            L("Īpašumu nodaļa", "Property department"),
            L("reizi gadā", "yearly"),
            L("atvērti dati", "open data"),
        ),
        (
            L("Pirmsskolas rinda", "Early-years waiting list"),
            L("Izglītības pārvalde", "Education office"),
            L("katru dienu", "daily"),
            L("tikai iestādei", "internal"),
        ),
        (
            L("Ēku enerģijas patēriņš", "Energy use of buildings"),
            L("Energopārvaldnieks", "Energy manager"),
            L("katru mēnesi", "monthly"),
            L("atvērti dati", "open data"),
        ),
        (
            L("Hidranti un ūdens ņemšanas vietas", "Hydrants and water supply points"),
            L("Civilās aizsardzības komisija", "Civil protection commission"),
            L("reizi gadā", "yearly"),
            L("ierobežota", "restricted"),
        ),
    ),
)

ENERGY = article(
    (
        "ziema-kurai-gatavojas-laikus",
        "a-winter-prepared-for-in-time",
    ),
    date(2022, 9, 22),
    ("Ziema, kurai gatavojas laikus", "A winter prepared for in time"),
    (
        "Energoresursu cenu kāpums liek pašvaldībām vienlaikus taupīt un uzturēt pakalpojumus. "
        "LPIA septembra sanāksmē dalībnieki salīdzināja pasākumus, kas dod ietaupījumu jau šajā "
        "sezonā.",
        "The rise in energy prices makes municipalities save and keep services going at the same "
        "time. At the LPIA meeting in September participants compared measures that save money "
        "this very season.",
    ),
    ("services", "crisis"),
    body(
        p(
            "Lielākais ietaupījums nebija dārgākais. Vispirms tika pārskatīti darba laiki, telpu "
            "noslodze un temperatūra ēkās, kuras nedēļas nogalē stāv tukšas.",
            "The largest saving was not the most expensive one. Working hours, the use of rooms "
            "and the temperature in buildings that stand empty at weekends were reviewed first.",
        ),
        h("Ko var izdarīt līdz novembrim", "What can be done by November"),
        ul(
            (
                "Izvietot iestādes vienā siltā ēkā un otru atstāt dežūrrežīmā.",
                "Bring institutions together in one warm building and leave the other on standby.",
            ),
            (
                "Ielu apgaismojumu regulēt pēc satiksmes, nevis tikai pēc krēslas.",
                "Control street lighting by traffic and not by dusk alone.",
            ),
            (
                "Ēku patēriņu nolasīt katru nedēļu un rādīt to ēkas lietotājiem.",
                "Read the consumption of buildings weekly and show it to those who use them.",
            ),
        ),
        p(
            "Sanāksmē vienojās, ka iedzīvotājiem par katru pasākumu jāpasaka gan tas, ko ietaupa, "
            "gan tas, ko šī nauda ļauj saglabāt.",
            "The meeting agreed that residents must be told of every measure both what it saves "
            "and what that money allows to be kept.",
        ),
    ),
)

PROCUREMENT = article(
    (
        "kopigs-iepirkums-piecos-solos",
        "joint-procurement-in-five-steps",
    ),
    date(2022, 12, 8),
    ("Kopīgs iepirkums piecos soļos", "Joint procurement in five steps"),
    (
        "Pēc Prāgas konferences LPIA sanāksmē atgriezās pie Polijas pieredzes kopīgos iepirkumos. "
        "Piecos soļos aprakstīts, kā to sākt divām kaimiņu pašvaldībām.",
        "After the Prague conference an LPIA meeting returned to Poland’s experience with joint "
        "procurement. Five steps describe how two neighbouring municipalities can begin.",
    ),
    ("services", "strategy"),
    body(
        p(
            "Kopīgs iepirkums reti neizdodas cenas dēļ. Biežāk tas apstājas tāpēc, ka katrai "
            "pašvaldībai ir savs vienas un tās pašas preces apraksts.",
            "Joint procurement seldom fails because of the price. More often it stops because each "
            "municipality has its own description of one and the same thing.",
        ),
        ol(
            (
                "Izvēlas vienu preci, ko abas pērk katru gadu.",
                "Choose one thing that both buy every year.",
            ),
            (
                "Saskaņo tehnisko aprakstu, nevis daudzumu.",
                "Agree on the technical description, not on the quantity.",
            ),
            (
                "Vienojas, kura pašvaldība iepērk un kura pārbauda.",
                "Decide which municipality buys and which one checks.",
            ),
            (
                "Līgumā paredz, ka kaimiņi drīkst pievienoties vēlāk.",
                "Provide in the contract that neighbours may join later.",
            ),
            (
                "Pēc gada salīdzina cenu, laiku un strīdus.",
                "Compare price, time and disputes after a year.",
            ),
        ),
        h("Cena nav viss", "The price is not everything"),
        p(
            "Dalībnieki lēš, ka lielākais ieguvums ir laiks: vienu dokumentāciju raksta reizi, un "
            "to lasa divi speciālisti.",
            "Participants reckon that time is the greatest gain: one set of documents is written "
            "once and read by two specialists.",
        ),
    ),
    conference="prague-2022",
)

DOCTOR = article(
    (
        "cels-lidz-arstam-sakas-autobusa-pietura",
        "the-way-to-a-doctor-begins-at-the-bus-stop",
    ),
    date(2023, 2, 16),
    (
        "Ceļš līdz ārstam sākas autobusa pieturā",
        "The way to a doctor begins at the bus stop",
    ),
    (
        "Veselības aprūpes pieejamību novadā nosaka ne tikai ārstu skaits. Sociālā darba tīkls "
        "aplūkoja pacienta ceļu no mājas durvīm līdz kabinetam un atpakaļ.",
        "Access to health care in a county does not depend on the number of doctors alone. The "
        "network for social work looked at the patient’s way from the front door to the surgery "
        "and back.",
    ),
    ("social", "services"),
    body(
        p(
            "Uzdevums bija vienkāršs: katra pašvaldība izvēlējās vienu pagastu un izbrauca "
            "pacienta ceļu ar sabiedrisko transportu. Atklājās, ka reizēm pietiek pārcelt vizītes "
            "laiku par pusstundu.",
            "The task was simple: each municipality chose one parish and travelled the patient’s "
            "way by public transport. It turned out that moving the hour of an appointment by half "
            "an hour is sometimes enough.",
        ),
        h("Trīs jautājumi pagasta pārvaldei", "Three questions for a parish office"),
        ul(
            (
                "Kurā dienā brauc autobuss, un vai tad pieņem ārsts?",
                "On which day does the bus run, and does the doctor receive patients then?",
            ),
            (
                "Kur pacients gaida, ja vizīte beidzas divas stundas pirms autobusa?",
                "Where does the patient wait if the appointment ends two hours before the bus?",
            ),
            (
                "Kurš zina, ka cilvēks uz vizīti nav ieradies?",
                "Who knows that somebody has not come to an appointment?",
            ),
        ),
        quote(
            "Mēs runājām par kilometriem, bet problēma bija četrdesmit minūtes.",
            "We talked about kilometres, but the problem was forty minutes.",
            ("No tīkla sanāksmes piezīmēm", "From the notes of a network meeting"),
        ),
        p(
            "Secinājumi nodoti plānošanas reģioniem, kuri pasūta reģionālos maršrutus.",
            "The conclusions have been passed on to the planning regions, which order regional "
            "bus routes.",
        ),
    ),
)

TALLINN = article(
    (
        "baltijas-forums-tallina-pakalpojums-pari-robezai",
        "baltic-forum-in-tallinn-services-across-the-border",
    ),
    date(2023, 9, 25),
    (
        "Baltijas forums Tallinā: pakalpojums pāri robežai",
        "Baltic forum in Tallinn: services across the border",
    ),
    (
        "LPIA pārstāvji piedalījās Baltijas valstu pašvaldību izpildvadītāju forumā Tallinā. "
        "Galvenā tēma bija digitālie pakalpojumi, kurus pašvaldības veido kopā.",
        "Representatives of LPIA took part in the forum of Baltic municipal executives in Tallinn. "
        "The main subject was digital services that municipalities build together.",
    ),
    ("data", "strategy"),
    body(
        p(
            "Trijās valstīs pašvaldību skaits ir ļoti atšķirīgs, bet uzdevumi ir vieni un tie "
            "paši. Forumā runāja par to, kuras sistēmas veidot katram pašam, kuras – kopā un "
            "kuras neveidot vispār.",
            "The three countries have very different numbers of municipalities, but the tasks are "
            "the same. The forum discussed which systems each should build, which to build "
            "together and which not to build at all.",
        ),
        h("Kopīgs pirms jauna", "Common before new"),
        p(
            "Vienprātība bija par secību: vispirms sakārto procesu, tad datus un tikai tad pasūta "
            "programmu. Pretējā secībā iznāk dārgs veids, kā darīt to pašu.",
            "There was agreement on the order: first the process is put right, then the data, and "
            "only then is software commissioned. The other way round yields an expensive way of "
            "doing the same thing.",
        ),
        p(
            "Foruma dalībnieki apmeklēja arī klientu apkalpošanas centru, kur iedzīvotājs pie "
            "viena galda nokārto gan valsts, gan pašvaldības lietas.",
            "Participants also visited a customer service centre where residents settle matters of "
            "the state and of the municipality at one desk.",
        ),
    ),
    conference="tallinn-2023",
)

CATALOGUE = article(
    (
        "datu-katalogs-ko-pasvaldiba-zina-par-sevi",
        "a-data-catalogue-what-a-municipality-knows-about-itself",
    ),
    date(2024, 3, 14),
    (
        "Datu katalogs: ko pašvaldība zina par sevi",
        "A data catalogue: what a municipality knows about itself",
    ),
    (
        "Pirms datus analizēt, jāzina, kādi dati ir. LPIA darba grupa sagatavojusi datu kataloga "
        "paraugu, ko pašvaldība var aizpildīt dažās dienās.",
        "Before data can be analysed one has to know which data there are. A working group of LPIA "
        "has prepared a sample data catalogue that a municipality can fill in within a few days.",
    ),
    ("data",),
    body(
        p(
            "Katalogs nav sistēma, bet tabula. Tajā ir četras ailes: kas tie par datiem, kurš par "
            "tiem atbild, cik bieži tos atjauno un kurš tos drīkst redzēt.",
            "The catalogue is not a system but a table. It has four columns: what the data are, "
            "who is in charge of them, how often they are updated and who may see them.",
        ),
        h("Ar ko sākt", "Where to begin"),
        p(
            "Vispirms jāuzraksta datu kopas, bez kurām nevar pieņemt budžetu. Parasti tādu ir ap "
            "divdesmit, un katrai jau ir saimnieks, tikai viņš to ne vienmēr zina.",
            "First write down the data sets without which the budget cannot be adopted. There are "
            "usually about twenty of them, and each has an owner already, who does not always "
            "know it.",
        ),
        table(
            ("Ko kataloga ailes pasaka", "What the columns of the catalogue say"),
            (("Aile", "Column"), ("Jautājums", "Question"), ("Piemērs", "Example")),
            (
                ("Datu kopa", "Data set"),
                ("Kas te ir saskaitīts?", "What has been counted here?"),
                ("Ēku enerģijas patēriņš", "Energy use of buildings"),
            ),
            (
                ("Turētājs", "Holder"),
                ("Kuram zvanīt?", "Whom to call?"),
                ("Energopārvaldnieks", "Energy manager"),
            ),
            (
                ("Atjaunošana", "Updated"),
                ("Cik tas ir vecs?", "How old is it?"),
                ("Katru mēnesi", "Monthly"),
            ),
            (
                ("Pieejamība", "Access"),
                ("Kurš to drīkst redzēt?", "Who may see it?"),
                ("Atvērti dati", "Open data"),
            ),
        ),
        documents(("Paraugs", "Sample"), DATA_CATALOGUE),
    ),
    attachments=(DATA_CATALOGUE,),
)

AI_RULES = article(
    (
        "maksligais-intelekts-pasvaldiba-pirmie-noteikumi",
        "artificial-intelligence-in-a-municipality-first-rules",
    ),
    date(2024, 3, 14),
    (
        "Mākslīgais intelekts pašvaldībā: pirmie noteikumi",
        "Artificial intelligence in a municipality: the first rules",
    ),
    (
        "Darbinieki valodas rīkus jau lieto, tāpēc jautājums vairs nav, vai atļaut, bet kā. "
        "Izpilddirektori salīdzināja savus pirmos iekšējos noteikumus.",
        "Employees use language tools already, so the question is no longer whether to allow them "
        "but how. Executive directors compared their first internal rules.",
    ),
    ("data", "strategy"),
    body(
        p(
            "Noteikumi, kurus salīdzināja sanāksmē, bija no vienas līdz četrpadsmit lappusēm "
            "gari. Īsākie izrādījās stingrākie: tajos ir trīs teikumi, bet tos visi atceras.",
            "The rules compared at the meeting were between one and fourteen pages long. The "
            "shortest turned out to be the strictest: they have three sentences, but everybody "
            "remembers them.",
        ),
        note(
            ("Trīs teikumi", "Three sentences"),
            p(
                "Personas datus rīkam nedod. Par tekstu atbild tas, kurš to paraksta. Lēmumu "
                "pieņem cilvēks.",
                "No personal data go into the tool. Whoever signs a text answers for it. A human "
                "being takes the decision.",
            ),
        ),
        h("Kur tas noder", "Where it helps"),
        p(
            "Visbiežāk minēti melnraksti, sanāksmju kopsavilkumi un garu dokumentu pārstāsts "
            "vieglā valodā. Retāk – analīze: tai vispirms vajadzīgi sakārtoti dati.",
            "Drafts, summaries of meetings and retelling long documents in plain language were "
            "mentioned most. Analysis came up less often: it needs data in good order first.",
        ),
    ),
)

KULDIGA = article(
    (
        "kuldiga-par-datiem-kas-maina-lemumus",
        "kuldiga-on-data-that-change-decisions",
    ),
    date(2024, 10, 21),
    ("Kuldīgā spriež par datiem, kas maina lēmumus", "In Kuldīga on data that change decisions"),
    (
        "LPIA konference „Pašvaldības datu gads“ Kuldīgā pulcēja izpilddirektorus un datu "
        "speciālistus. Runāja nevis par sistēmām, bet par lēmumiem, kuri datu dēļ bija citādi.",
        "The LPIA conference “A municipality’s year of data” in Kuldīga brought together executive "
        "directors and data specialists. They spoke not about systems but about decisions that "
        "turned out differently because of data.",
    ),
    ("data", "education", "services"),
    body(
        p(
            "Katrs referāts sākās ar lēmumu: slēgt maršrutu, atvērt grupu bērnudārzā, pārcelt "
            "remontu. Tikai pēc tam tika rādīti dati un tas, kā tie iegūti.",
            "Every talk began with a decision: to close a route, to open a group in a "
            "kindergarten, to move a repair. Only then came the data and how they were obtained.",
        ),
        h("Dati, kas jau ir", "Data that exist already"),
        p(
            "Vairumam piemēru nebija vajadzīgi jauni mērījumi. Pietika savienot divus reģistrus, "
            "kas glabājas vienā ēkā, un vienoties, kurš tos salīdzina.",
            "Most of the examples needed no new measurements. It was enough to connect two "
            "registers kept in the same building and to agree on who compares them.",
        ),
        figure(
            Picture("threads", "Divu krāsu pavedieni"),
            (
                "Abstrakts zīmējums: divu krāsu pavedieni satiekas vienā joslā",
                "Abstract drawing: threads of two colours meet in one band",
            ),
            (
                "Divi reģistri kopā pasaka vairāk nekā katrs atsevišķi",
                "Two registers together say more than each alone",
            ),
        ),
        h("Kas jāpasaka iedzīvotājam", "What residents must be told"),
        p(
            "Ja lēmumu pamato ar datiem, tie jārāda. Dalībnieki vienojās lēmumu projektiem "
            "pievienot datu avotu un tā vecumu.",
            "If a decision is justified by data, they have to be shown. Participants agreed to add "
            "the source of the data and its age to draft decisions.",
        ),
    ),
    conference="kuldiga-2024",
)

SCHOOLS = article(
    (
        "skolu-tikls-sarunas-pirms-lemuma",
        "the-network-of-schools-talking-before-deciding",
    ),
    date(2025, 3, 13),
    (
        "Skolu tīkls: sarunas pirms lēmuma",
        "The network of schools: talking before deciding",
    ),
    (
        "Izglītības un kultūras tīkls apkopojis, kā pašvaldības runā ar vecākiem par skolu tīklu. "
        "Labākās sarunas sākas gadu pirms lēmuma un ar skaitļiem, ko katrs var pārbaudīt.",
        "The network for education and culture has gathered how municipalities talk with parents "
        "about the network of schools. The best conversations begin a year before the decision, "
        "with figures that anybody can check.",
    ),
    ("education", "strategy"),
    body(
        p(
            "Vecāki reti strīdas par bērnu skaitu. Strīds sākas tad, kad nav zināms, kas notiks ar "
            "autobusu, pulciņiem un ēku. Tāpēc sarunai vajadzīgas visas trīs atbildes uzreiz.",
            "Parents seldom argue about the number of children. The argument begins when it is not "
            "known what will happen to the bus, to after-school groups and to the building. A "
            "conversation therefore needs all three answers at once.",
        ),
        h("Saruna četros soļos", "A conversation in four steps"),
        ol(
            (
                "Skaitļi tiek publicēti, pirms ir priekšlikums.",
                "The figures are published before there is a proposal.",
            ),
            (
                "Skola pati apraksta, kas tai izdodas labi.",
                "The school itself describes what it does well.",
            ),
            (
                "Priekšlikumam vienmēr ir vismaz divi varianti.",
                "A proposal always has at least two variants.",
            ),
            (
                "Lēmums nosaka arī to, kas notiks ar ēku.",
                "The decision also says what will happen to the building.",
            ),
        ),
        p(
            "Tīkls rudenī salīdzinās, kuri no soļiem tiešām saīsinājuši ceļu līdz lēmumam.",
            "In the autumn the network will compare which of the steps have really shortened the "
            "way to a decision.",
        ),
    ),
)

FORTY_TWO = article(
    (
        "latvija-tagad-ir-42-pasvaldibas",
        "latvia-now-has-42-municipalities",
    ),
    date(2025, 7, 1),
    ("Latvijā tagad ir 42 pašvaldības", "Latvia now has 42 municipalities"),
    (
        "Kopš 2025. gada 1. jūlija Varakļānu novads ir pievienots Madonas novadam. Latvijā ir "
        "septiņas valstspilsētas un 35 novadi.",
        "From 1 July 2025 Varakļāni County is part of Madona County. Latvia has seven state cities "
        "and 35 counties.",
    ),
    ("strategy", "services"),
    body(
        p(
            "Līdz ar pievienošanu mainās arī LPIA saraksti: pašvaldības vietnē sakārtotas pa "
            "pieciem plānošanas reģioniem, un katrai ir norādīta tīmekļvietne.",
            "The lists of LPIA change with it: on this site municipalities are arranged by the "
            "five planning regions, each with its website.",
        ),
        table(
            ("Pašvaldības plānošanas reģionos", "Municipalities in the planning regions"),
            (
                ("Reģions", "Region"),
                ("Valstspilsētas", "State cities"),
                ("Novadi", "Counties"),
                ("Kopā", "Total"),
            ),
            (("Rīgas", "Riga"), "2", "11", "13"),
            (("Vidzemes", "Vidzeme"), "0", "7", "7"),
            (("Kurzemes", "Kurzeme"), "2", "5", "7"),
            (("Zemgales", "Zemgale"), "1", "5", "6"),
            (("Latgales", "Latgale"), "2", "7", "9"),
        ),
        p(
            "Jēkabpils, Ogres un Valmieras novadā ietilpst pa vienai valstspilsētai. Valdē tos "
            "pārstāv vieta „Valstspilsētas ar novadiem“.",
            "Jēkabpils, Ogre and Valmiera Counties contain a state city each. They are represented "
            "on the Board by the seat “State cities with counties”.",
        ),
        h("Ko pārbaudīt pašvaldībā", "What to check in a municipality"),
        ul(
            (
                "adreses veidlapās un e-pakalpojumos;",
                "addresses in forms and e-services;",
            ),
            (
                "līgumus, kuros nosaukts Varakļānu novads;",
                "contracts that name Varakļāni County;",
            ),
            (
                "sarakstus, pēc kuriem nosūta rēķinus un uzaicinājumus.",
                "lists by which invoices and invitations are sent.",
            ),
        ),
    ),
    corrections=[
        (
            date(2025, 7, 3),
            (
                "Tabulā bija kļūdains Zemgales plānošanas reģiona pašvaldību skaits. "
                "Pareizi ir <b>sešas</b>.",
                "The table gave a wrong number of municipalities in the Zemgale planning region. "
                "The right number is <b>six</b>.",
            ),
        )
    ],
)

DAUGAVPILS = article(
    (
        "daugavpils-konference-gataviba-sakas-ar-tuvako-pagastu",
        "daugavpils-conference-readiness-begins-with-the-nearest-parish",
    ),
    date(2025, 10, 13),
    (
        "Daugavpils konference: gatavība sākas ar tuvāko pagastu",
        "The Daugavpils conference: readiness begins with the nearest parish",
    ),
    (
        "Divas dienas Daugavpilī LPIA dalībnieki runāja par civilo aizsardzību pašvaldībā: "
        "plāniem, mācībām un cilvēkiem, kuri krīzē būs pirmie.",
        "For two days in Daugavpils the members of LPIA talked about civil protection in a "
        "municipality: plans, exercises and the people who will be first on the spot in a crisis.",
    ),
    ("crisis", "social"),
    body(
        p(
            "Trīs gadus pēc Prāgas konferences noturība vairs nav referāta temats, bet darba "
            "kārtības jautājums. Dalībnieki stāstīja, kas viņu plānos mainījies pēc pirmajām "
            "mācībām.",
            "Three years after the Prague conference resilience is no longer a subject for talks "
            "but an agenda. Participants explained what changed in their plans after the first "
            "exercises.",
        ),
        h("Plāns, kas der tumsā", "A plan that works in the dark"),
        p(
            "Visvairāk labojumu prasīja saziņa. Plānos bija e-pasta adreses un interneta saites; "
            "mācībās, kurās izslēdza elektrību, palika papīrs, rācija un cilvēks uz velosipēda.",
            "Communication called for most amendments. The plans held e-mail addresses and links; "
            "in exercises with the power switched off there remained paper, a radio and somebody "
            "on a bicycle.",
        ),
        quote(
            "Krīzes centrs ir tur, kur pagasta pārvaldei ir atslēga, ģenerators un tējkanna.",
            "The crisis centre is where the parish office has a key, a generator and a kettle.",
            ("No darba grupas piezīmēm", "From the notes of a working group"),
        ),
        h("Mācības katru gadu", "Exercises every year"),
        p(
            "Konference ierosina katrā pašvaldībā reizi gadā pārbaudīt vienu plāna daļu, nevis "
            "reizi piecos gados visu plānu.",
            "The conference proposes that every municipality test one part of its plan each year "
            "rather than the whole plan once in five years.",
        ),
    ),
    conference="daugavpils-2025",
    image=(
        Picture("hills", "Pauguri un ceļš"),
        (
            "Abstrakts zīmējums: pauguru līnijas un ceļš, kas ved uz vienu māju",
            "Abstract drawing: lines of hills and a road that leads to one house",
        ),
        (
            "Tuvākā pašvaldības vieta daudziem ir pagasta pārvalde",
            "For many people the parish office is the nearest place of the municipality",
        ),
    ),
)

CULTURE = article(
    (
        "biblioteka-kultura-un-klientu-apkalposana-zem-viena-jumta",
        "library-culture-and-customer-service-under-one-roof",
    ),
    date(2026, 2, 19),
    (
        "Bibliotēka, kultūra un klientu apkalpošana zem viena jumta",
        "Library, culture and customer service under one roof",
    ),
    (
        "Vairākos novados bibliotēka kļuvusi par vietu, kur nokārto arī pašvaldības lietas. "
        "Izglītības un kultūras tīkls salīdzināja, ko tas prasa no ēkas un cilvēkiem.",
        "In several counties the library has become a place where matters of the municipality are "
        "settled too. The network for education and culture compared what this asks of the "
        "building and of people.",
    ),
    ("education", "services"),
    body(
        p(
            "Apmeklētājam ieguvums ir acīmredzams: viens ceļš, garāks darba laiks un cilvēks, kuru "
            "pazīst. Bibliotekāram tas nozīmē jaunas zināšanas un reizēm grūtas sarunas.",
            "The gain for visitors is plain: one journey, longer opening hours and somebody they "
            "know. For the librarian it means new knowledge and sometimes difficult conversations.",
        ),
        h("Kas jāparedz", "What to provide for"),
        ul(
            (
                "atsevišķa telpa sarunām, kuras nedrīkst dzirdēt citi;",
                "a separate room for conversations that others must not hear;",
            ),
            (
                "piekļuve sistēmām tikai darbam vajadzīgajā apjomā;",
                "access to systems only as far as the work requires;",
            ),
            (
                "piemaksa un aizvietotājs.",
                "extra pay and a substitute.",
            ),
        ),
        p(
            "Vislabāk veicas tur, kur par pārmaiņām lēma kopā ar bibliotekāriem, nevis viņu vietā.",
            "It works best where the change was decided together with the librarians and not in "
            "their place.",
        ),
    ),
)

EXERCISE = article(
    (
        "krizes-macibas-bez-elektribas",
        "a-crisis-exercise-without-electricity",
    ),
    date(2026, 5, 14),
    ("Krīzes mācības bez elektrības", "A crisis exercise without electricity"),
    (
        "Maija sanāksmē aplūkotas mācības, kurās pašvaldība astoņas stundas strādāja bez "
        "elektrības. Ieraksts un secinājumi pieejami visiem dalībniekiem.",
        "The May meeting looked at an exercise in which a municipality worked for eight hours "
        "without electricity. The recording and the conclusions are open to all members.",
    ),
    ("crisis",),
    body(
        p(
            "Mācību scenārijs bija apzināti vienkāršs: astoņos no rīta pazūd elektrība, un neviens "
            "nezina, cik ilgi. Pēc divām stundām pārstāj darboties mobilie sakari.",
            "The scenario was deliberately simple: the power goes at eight in the morning and "
            "nobody knows for how long. After two hours the mobile network stops working.",
        ),
        video(
            "demo-202605",
            (
                "LPIA sanāksme: krīzes mācības bez elektrības",
                "LPIA meeting: a crisis exercise without electricity",
            ),
        ),
        h("Ko mācības parādīja", "What the exercise showed"),
        ol(
            (
                "Ģeneratoram degvielas pietika sešām, nevis divpadsmit stundām.",
                "The generator had fuel for six hours, not for twelve.",
            ),
            (
                "Durvis ar elektroniskajām atslēgām neatvērās no ārpuses.",
                "Doors with electronic locks did not open from outside.",
            ),
            (
                "Tālruņu saraksts uz papīra bija divus gadus vecs.",
                "The telephone list on paper was two years old.",
            ),
        ),
        p(
            "Katrs no trim trūkumiem novēršams dažās dienās. Bez mācībām tie atklātos naktī un "
            "ziemā.",
            "Each of the three faults can be put right within a few days. Without the exercise "
            "they would have come to light at night and in winter.",
        ),
    ),
)

BUDGET = article(
    (
        "budzets-kuru-var-izlasit",
        "a-budget-that-can-be-read",
    ),
    date(2026, 9, 17),
    ("Budžets, kuru var izlasīt", "A budget that can be read"),
    (
        "Pirms budžeta sezonas stratēģiskās vadīšanas tīkls salīdzināja, kā pašvaldības skaidro "
        "savus tēriņus. Labākajos piemēros iedzīvotājs atrod atbildi trīs minūtēs.",
        "Ahead of the budget season the network for strategic management compared how "
        "municipalities explain their spending. In the best examples residents find an answer in "
        "three minutes.",
    ),
    ("strategy", "data"),
    body(
        p(
            "Tīkls katrai pašvaldībai uzdeva piecus vienādus jautājumus, piemēram, cik maksā viens "
            "kilometrs ceļa uzturēšanas ziemā. Atbildes meklēja cilvēki, kuri budžetu redz pirmo "
            "reizi.",
            "The network asked each municipality the same five questions, such as what it costs to "
            "maintain a kilometre of road in winter. People who saw the budget for the first time "
            "looked for the answers.",
        ),
        h("Kas palīdz lasītājam", "What helps the reader"),
        ul(
            (
                "summa uz vienu iedzīvotāju blakus kopējai summai;",
                "the sum per resident beside the total;",
            ),
            (
                "salīdzinājums ar iepriekšējo gadu tajā pašā rindā;",
                "a comparison with the previous year in the same row;",
            ),
            (
                "teikums par to, kas mainījies un kāpēc.",
                "a sentence on what has changed and why.",
            ),
        ),
        p(
            "Ja izmaksas kāpušas par 5 %, jāpasaka, vai audzis apjoms vai cena. Šis viens teikums "
            "aiztaupa desmitiem iesniegumu.",
            "If costs have risen by 5%, say whether it is the volume or the price that has grown. "
            "This one sentence saves dozens of enquiries.",
        ),
    ),
)

LIBRARY = article(
    (
        "lpia-atzinu-kratuve-pieejama-visiem",
        "the-lpia-insights-library-is-open-to-all",
    ),
    date(2026, 9, 30),
    (
        "LPIA atziņu krātuve pieejama visiem",
        "The LPIA Insights Library is open to all",
    ),
    (
        "Asociācijas vietnē ir lasāmas konferencēs gūtās atziņas kopš 2019. gada. Katrai ir "
        "apzīmējums, ar kuru uz to var atsaukties dokumentos un sanāksmēs.",
        "The insights gained at conferences since 2019 can be read on the association’s site. Each "
        "has a reference by which it can be cited in documents and at meetings.",
    ),
    ("data", "strategy"),
    body(
        p(
            "Konferenču materiāli parasti pazūd prezentāciju mapēs. Krātuvē paliek tas, kas noder "
            "pēc gada: viens vai divi teikumi, kas gūti pieredzē un attiecas arī uz citiem.",
            "The materials of conferences usually vanish in folders of presentations. The library "
            "keeps what is useful a year later: one or two sentences drawn from experience that "
            "apply to others too.",
        ),
        h("Kā atsaukties", "How to cite"),
        p(
            "Apzīmējums, piemēram, LPIA-A-2022-03, nemainās un abās valodās ir viens. Pie katras "
            "atziņas ir norādīta konference, tēmas un pastāvīga adrese.",
            "A reference, for instance LPIA-A-2022-03, does not change and is the same in both "
            "languages. Each insight names its conference, its topics and a permanent address.",
        ),
        h("Kas tālāk", "What comes next"),
        p(
            "Atziņas tiks papildinātas pēc katras konferences. Priekšlikumus dalībnieki var "
            "iesniegt ikmēneša sanāksmēs.",
            "Insights will be added after each conference. Members can make proposals at the "
            "monthly meetings.",
        ),
    ),
)

ENTRIES = [
    ENERGY,
    PROCUREMENT,
    DOCTOR,
    TALLINN,
    CATALOGUE,
    AI_RULES,
    KULDIGA,
    SCHOOLS,
    FORTY_TWO,
    DAUGAVPILS,
    CULTURE,
    EXERCISE,
    BUDGET,
    LIBRARY,
]
