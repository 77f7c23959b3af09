"""The two articles that the customer gave: their facts, in sentences of our own."""

from datetime import date

from demo.data import Picture, body, h, note, ol, p, ul

from .articles import article

PRAGUE = article(
    (
        "lpia-piedalas-starptautiskas-izpilddirektoru-asociacijas-7-eiropas-konference",
        "lpia-takes-part-in-the-7th-european-conference-of-city-managers",
    ),
    date(2022, 11, 18),
    (
        "LPIA piedalās Starptautiskās izpilddirektoru asociācijas 7. Eiropas konferencē",
        "LPIA takes part in the 7th European conference of the international city managers’ "
        "association",
    ),
    (
        "2022. gada 15. un 16. novembrī LPIA pārstāvji Prāgā piedalījās Starptautiskās "
        "izpilddirektoru asociācijas 7. Eiropas konferencē. Viņi pastāstīja, kā tiek vadītas "
        "Latvijas pašvaldības, un uzklausīja Ukrainas kolēģus par darbu kara apstākļos.",
        "On 15 and 16 November 2022, representatives of LPIA took part in the 7th European "
        "conference of the international city managers’ association in Prague. They spoke about "
        "how Latvian municipalities are managed and listened to colleagues from Ukraine on work "
        "in wartime.",
    ),
    ("crisis", "data", "services"),
    body(
        p(
            "Konference pulcēja dažādu Eiropas valstu pašvaldību vadītājus, lai viņi mācītos cits "
            "no cita: nosauktu kopīgos izaicinājumus un meklētu risinājumus, ar kuriem "
            "pašvaldības pārvaldīt efektīvāk. Vadmotīvs bija noturīga pašvaldība – tās gatavība "
            "sociāliem, ekonomiskiem un militāriem satricinājumiem un dabas katastrofām.",
            "The conference brought together municipal leaders from different European countries "
            "so that they could learn from one another: name the challenges they share and look "
            "for ways of managing municipalities more effectively. Its leitmotif was the resilient "
            "municipality – its readiness for social, economic and military shocks and natural "
            "disasters.",
        ),
        h("Ukraina: elastība krīzes laikā", "Ukraine: flexibility in a crisis"),
        p(
            "Ukrainas pašvaldību pārstāvji stāstīja par elastību krīzes laikā. Karā pašvaldībai "
            "vispirms jāorganizē ēdiena izdales punkti un īslaicīgs patvērums cilvēkiem. Viens no "
            "grūtākajiem uzdevumiem ir uzturēt un nodrošināt infrastruktūru.",
            "Representatives of Ukrainian municipalities spoke about flexibility in a crisis. In "
            "war, a municipality must first of all organise food distribution points and "
            "short-term shelter for people. One of the hardest tasks is to maintain and secure "
            "infrastructure.",
        ),
        p(
            "Liela nozīme ir brīvprātīgajiem, kuri palīdz sniegt vietējiem iedzīvotājiem pirmās "
            "nepieciešamības pakalpojumus.",
            "Volunteers matter greatly: they help to provide local residents with essential "
            "services.",
        ),
        h(
            "Palestīna: Ramalas ceļš uz noturību",
            "Palestine: Ramallah’s way to resilience",
        ),
        p(
            "Palestīnas pārstāvis Ahmeds K. AbuLabans dalījās pieredzē par darbu Izraēlas "
            "okupācijas apstākļos. Ramala ir Palestīnas politiskais un administratīvais centrs, un "
            "tā, par spīti režīmam, īsteno savus Ilgtspējīgas attīstības mērķus (IAM), pielāgojot "
            "tos saviem iedzīvotājiem.",
            "Ahmed K. AbuLaban, the representative of Palestine, shared the experience of working "
            "under Israeli occupation. Ramallah is the political and administrative centre of "
            "Palestine and, despite the regime, it pursues its Sustainable Development Goals "
            "(SDGs), adapting them to its residents.",
        ),
        p(
            "Pilsētas administrācija ir aktīva Noturīgo pilsētu tīkla dalībniece un pārņem citu "
            "valstu pieredzi par noturības mehānismiem pašvaldības darbā. Viens no tās mērķiem ir "
            "būt gatavai dažādiem satricinājumiem un tiem pielāgoties, problēmas risinot ar "
            "tehnoloģijām un savu infrastruktūru.",
            "The city administration is an active member of the Resilient Cities Network and "
            "adopts the experience of other countries with mechanisms of resilience in municipal "
            "work. One of its aims is to be ready for different shocks and to adapt to them, "
            "solving problems with technology and with infrastructure of its own.",
        ),
        h(
            "Polija: par 5 % mazāks budžets un kopīgi iepirkumi",
            "Poland: a budget cut by 5% and joint procurement",
        ),
        p(
            "Polijas pārstāvis Gregors Frugalski-Sosnovics pastāstīja, ka pašvaldībām budžets tiek "
            "samazināts par 5 %: energoresursu cenu kāpuma dēļ tas ļauj turpināt attīstību un "
            "vienlaikus nodrošināt iedzīvotājiem ikdienas pakalpojumus. Lai situāciju uzlabotu, "
            "pašvaldības rīko kopīgus iepirkumus un dažādo uzņēmējdarbības spektru.",
            "Gregor Frugalski-Sosnovics, the representative of Poland, explained that municipal "
            "budgets are being cut by 5%: as energy prices rise, this allows development to go on "
            "while everyday services for residents are secured. To improve the situation, "
            "municipalities carry out joint procurement and diversify the range of businesses.",
        ),
        h("Latvija: sanāksmes kā platforma", "Latvia: meetings as a platform"),
        p(
            "Latvijas pieredzi pārstāvēja LPIA priekšsēdētāja vietnieks, Mārupes novada "
            "izpilddirektors Kristaps Ločs. Citu valstu kolēģi iepazina LPIA darbu un tās "
            "ikmēneša sanāksmes – labu platformu, kurā pašvaldības sadarbojas un kopā vieglāk "
            "reaģē uz pārmaiņām.",
            "Latvia’s experience was presented by Kristaps Ločs, Deputy Chair of LPIA and "
            "executive director of Mārupe County. Colleagues from other countries learned about "
            "the work of LPIA and its monthly meetings – a good platform on which municipalities "
            "cooperate and together find it easier to respond to change.",
        ),
        h("Dati un mākslīgais intelekts", "Data and artificial intelligence"),
        p(
            "Par datiem lēmumu pieņemšanā stāstīja Austrijas publiskās administrācijas pētījumu "
            "centrs. Mākslīgā intelekta izmantošanai pašvaldībās bija veltīti Rumānijas pārstāvju "
            "un Itālijas izpilddirektoru asociācijas pārstāvju stāstījumi.",
            "The Austrian centre for public administration research spoke about data in "
            "decision-making. The use of artificial intelligence in municipalities was the subject "
            "of representatives of Romania and of the Italian association of city managers.",
        ),
        p(
            "Konference noslēdzās ar piecām atziņām. Tās ir iekļautas LPIA atziņu krātuvē un "
            "lasāmas arī šā raksta beigās.",
            "The conference ended with five insights. They have been entered into the LPIA "
            "Insights Library and can also be read at the end of this article.",
        ),
    ),
    conference="prague-2022",
    image=(
        Picture("prague", "Upe, tilta arkas un pilsētas torņi"),
        (
            "Abstrakts zīmējums: upe, tilta arkas un pilsētas torņi",
            "Abstract drawing: a river, the arches of a bridge and the towers of a city",
        ),
        (
            "Konference notika Prāgā 2022. gada 15. un 16. novembrī",
            "The conference took place in Prague on 15 and 16 November 2022",
        ),
    ),
)

NORWEGIAN = article(
    (
        "lps-uzsak-norvegijas-finansu-instrumenta-projektu-lietpratiga-parvaldiba",
        "lps-starts-the-norwegian-financial-mechanism-project-smart-governance",
    ),
    date(2013, 12, 19),
    (
        "LPS uzsāk darbu pie Norvēģijas finanšu instrumenta projekta – Lietpratīga pārvaldība un "
        "Latvijas pašvaldību veiktspējas uzlabošana",
        "LPS starts work on the Norwegian Financial Mechanism project – Smart governance and "
        "performance improvement of Latvian municipalities",
    ),
    (
        "Latvijas Pašvaldību savienība kopā ar partneriem veidos sistēmu, kurā pašvaldības mācās "
        "salīdzinot. Projekts ilgs no 2013. gada decembra līdz 2016. gada jūnijam, un tajā "
        "plānots iesaistīt 63 pašvaldības.",
        "Together with its partners, the Latvian Association of Local and Regional Governments "
        "will build a system in which municipalities learn by comparing. The project will run "
        "from December 2013 to June 2016 and is planned to involve 63 municipalities.",
    ),
    ("strategy", "social", "services", "education"),
    body(
        p(
            "Projekts „Lietpratīga pārvaldība un Latvijas pašvaldību veiktspējas uzlabošana“ ir "
            "daļa no Norvēģijas finanšu instrumenta 2009.–2014. gada perioda programmas "
            "„Kapacitātes stiprināšana un institucionālā sadarbība starp Latvijas un Norvēģijas "
            "valsts institūcijām, vietējām un reģionālām iestādēm“. Darbs sākas 2013. gada "
            "decembrī.",
            "The project “Smart governance and performance improvement of Latvian municipalities” "
            "is part of the programme “Capacity-building and institutional cooperation between "
            "Latvian and Norwegian public institutions, local and regional authorities” of the "
            "Norwegian Financial Mechanism for the period 2009–2014. Work on it begins in December "
            "2013.",
        ),
        p(
            "Projekta partneri ir Latvijas Pašvaldību savienība (LPS), Norvēģijas Vietējo un "
            "reģionālo varas iestāžu asociācija (KS) un Valsts reģionālās attīstības aģentūra "
            "(VRAA).",
            "The partners of the project are the Latvian Association of Local and Regional "
            "Governments (LPS), the Norwegian Association of Local and Regional Authorities (KS) "
            "and the State Regional Development Agency (VRAA).",
        ),
        h("Mērķis: mācīties salīdzinot", "The aim: learning by comparing"),
        p(
            "Projekta mērķis ir stiprināt institucionālo kapacitāti un cilvēkresursu attīstību "
            "valsts, vietējā un reģionālā līmenī, izveidojot ilgtspējīgu sistēmu „mācīties "
            "salīdzinot“. Tās ietvaros pašvaldībās tiks ieviesta stratēģiskā vadīšana, par vienu "
            "no tās formām izvēloties pašvaldību mārketingu.",
            "The project aims to strengthen institutional capacity and the development of human "
            "resources at the national, local and regional level by creating a sustainable "
            "“learning by comparing” system. Within it, strategic management will be introduced in "
            "municipalities, with municipal marketing chosen as one of its forms.",
        ),
        ul(
            (
                "Tiks izveidots sistēmas modelis pašvaldību veiktspējas analīzei, novērtēšanai un "
                "uzlabošanai, izmantojot Polijas un Norvēģijas pieredzi.",
                "A model of a system for analysing, evaluating and improving the performance of "
                "municipalities will be created, drawing on the experience of Poland and Norway.",
            ),
            (
                "Tiks veidoti un nostiprināti vietējo pašvaldību sadarbības tīkli.",
                "Cooperation networks of local governments will be formed and strengthened.",
            ),
            (
                "Pašvaldību deputāti un darbinieki mācīsies stratēģisko vadīšanu, klientu "
                "apmierinātības aptauju veikšanu pakalpojumu novērtēšanai, kā arī pašvaldību "
                "mārketinga stratēģiju izstrādi un vadību.",
                "Municipal councillors and staff will be trained in strategic management, in "
                "customer satisfaction surveys for the evaluation of services, and in drawing up "
                "and managing municipal marketing strategies.",
            ),
        ),
        h("Četri sadarbības tīkli, trīs sektori", "Four cooperation networks, three sectors"),
        p(
            "Pašvaldību sadarbības tīkli tiks veidoti četrās jomās:",
            "Cooperation networks of municipalities will be formed in four fields:",
        ),
        ol(
            (
                "pašvaldību stratēģiskās vadīšanas tīkls;",
                "strategic management of municipalities;",
            ),
            (
                "pašvaldību sociālā darba un veselības aprūpes pieejamības nodrošināšanas tīkls;",
                "municipal social work and access to health care;",
            ),
            (
                "pašvaldību sabiedrisko pakalpojumu un mājokļu politikas tīkls;",
                "municipal public services and housing policy;",
            ),
            (
                "pašvaldību izglītības un kultūras tīkls.",
                "municipal education and culture.",
            ),
        ),
        p(
            "Pašvaldību mērķi tiks salīdzināti trīs sektoros: iedzīvotāju, apmeklētāju un "
            "uzņēmēju sektorā.",
            "The goals of municipalities will be compared in three sectors: residents, visitors "
            "and businesses.",
        ),
        h("Pētījumi un rokasgrāmatas", "Studies and handbooks"),
        p("Projekta gaitā tiks pētīts:", "In the course of the project there will be studies of:"),
        ul(
            (
                "kā pašvaldību stratēģiskajā vadīšanā ar rezultatīvajiem rādītājiem mērīt "
                "panākumus vai neveiksmes;",
                "how to use performance indicators to measure success or failure in the strategic "
                "management of municipalities;",
            ),
            (
                "kā apvienot vidējā termiņa budžeta plānošanu un izpildi ar vidējā termiņa "
                "attīstības programmēšanu un izpildi;",
                "how to combine medium-term budget planning and execution with medium-term "
                "development programming and execution;",
            ),
            (
                "kā mērīt pašvaldību mērķus sociālās drošības, sabiedrisko pakalpojumu un "
                "izglītības jomā.",
                "how to measure the goals of municipalities in social security, public services "
                "and education.",
            ),
        ),
        p(
            "Lai politiķi labāk zinātu un izprastu šīs sistēmas priekšrocības, plānots "
            "sagatavot un izdot divas rokasgrāmatas. Tikpat svarīga ir valsts institūciju "
            "līdzdalība: ministriju vecākās amatpersonas uzzinās, ko valsts pārvaldei dod "
            "sadarbība ar šo sistēmu un tās rezultatīvie rādītāji.",
            "So that politicians know and understand the advantages of the system better, two "
            "handbooks are to be prepared and published. The participation of national "
            "institutions is just as important: senior officials of ministries will learn what "
            "cooperation with the system and its performance indicators offers to public "
            "administration.",
        ),
        h("Pēc projekta beigām", "After the project"),
        p(
            "Projekta rezultātus varēs izmantot arī pēc tā noslēguma, pat ar minimālu "
            "finansējumu. Sistēma būs ilgtspējīga, ja pašvaldības gribēs turpināt darbu "
            "tematiskajos tīklos un ja platformu savas veiktspējas uzlabošanai izmantos arī tās "
            "Latvijas pašvaldības, kuras pilotprojektos nepiedalās.",
            "The results of the project can be used after its end, even with minimal funding. The "
            "system will be sustainable if municipalities want to go on working in the thematic "
            "networks, and if those Latvian municipalities that do not take part in the pilot "
            "projects also use the platform to improve their performance.",
        ),
        note(
            ("Finansējums", "Funding"),
            p(
                "Projektu finansē Norvēģijas finanšu instruments 2009.–2014. gada perioda "
                "programmā „Kapacitātes stiprināšana un institucionālā sadarbība starp Latvijas "
                "un Norvēģijas valsts institūcijām, vietējām un reģionālām iestādēm“.",
                "The project is funded by the Norwegian Financial Mechanism under the 2009–2014 "
                "programme “Capacity-building and institutional cooperation between Latvian and "
                "Norwegian public institutions, local and regional authorities”.",
            ),
        ),
    ),
    partners=("lps", "ks", "vraa", "norway"),
    image=(
        Picture("contract", "Divas lapas ar parakstiem"),
        (
            "Abstrakts zīmējums: divas līguma lapas ar parakstu līnijām",
            "Abstract drawing: two pages of a contract with lines for signatures",
        ),
        (
            "VARAM Investīciju un politikas departamenta direktore I. Ivaščenko un LPS priekšsēdis "
            "A. Jaunsleinis paraksta projekta līgumu",
            "I. Ivaščenko, director of the Investment and Policy Department of VARAM, and "
            "A. Jaunsleinis, chairman of LPS, sign the project contract",
        ),
    ),
)

ENTRIES = [NORWEGIAN, PRAGUE]
