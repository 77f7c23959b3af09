"""News from 2014 to 2021."""

from datetime import date

from demo.data import File, L, Picture, body, figure, h, note, ol, p, quote, table, ul

from .articles import article

CHECKLIST = File(
    "kontrolsaraksts-checklist.odt",
    "Izpilddirektora kontrolsaraksts · Executive director’s checklist",
    (
        L("Izpilddirektora kontrolsaraksts", "Executive director’s checklist"),
        L(
            "1. Saistošie noteikumi: kuri ir spēkā, kuri jāpieņem no jauna.",
            "1. Binding regulations: which are in force, which must be adopted anew.",
        ),
        L(
            "2. Līgumi: termiņi, apmaksas kārtība, atbildīgā persona.",
            "2. Contracts: terms, payment, the person in charge.",
        ),
        L(
            "3. Darbinieki: amatu saraksts, aizvietošana, pieejas tiesības.",
            "3. Staff: list of posts, substitution, access rights.",
        ),
        L(
            "4. Klientu apkalpošana: vietas, laiki, tālruņi.",
            "4. Customer service: places, hours, telephones.",
        ),
        L(
            "5. Dati: reģistri, rezerves kopijas, arhīvs.",
            "5. Data: registers, backups, archive.",
        ),
        L(
            "6. Saziņa: ko, kad un kur uzzina iedzīvotāji.",
            "6. Communication: what residents learn, when and where.",
        ),
    ),
)

ENTRIES = [
    article(
        (
            "cetri-sadarbibas-tikli-sak-darbu",
            "four-cooperation-networks-start-work",
        ),
        date(2014, 3, 27),
        (
            "Četri sadarbības tīkli sāk darbu",
            "Four cooperation networks start work",
        ),
        (
            "Stratēģiskās vadīšanas, sociālā darba, sabiedrisko pakalpojumu un izglītības tīkli "
            "aizvadījuši pirmās sanāksmes. Dalībnieki vienojās, ko salīdzinās un kā sargās datu "
            "uzticamību.",
            "The networks for strategic management, social work, public services and education "
            "have held their first meetings. Participants agreed on what they will compare and "
            "how they will keep the data reliable.",
        ),
        ("strategy", "social", "services", "education"),
        body(
            p(
                "Salīdzināt var tikai to, kas visur saskaitīts vienādi. Tāpēc pirmais darbs nebija "
                "rādītāju saraksts, bet vārdnīca: kas ir pakalpojuma saņēmējs, kad izmaksas "
                "attiecina uz pakalpojumu un kurā brīdī gads uzskatāms par noslēgtu.",
                "Only what is counted in the same way everywhere can be compared. The first task "
                "was therefore not a list of indicators but a vocabulary: who is a recipient of a "
                "service, when a cost is attributed to a service, and when a year counts as "
                "closed.",
            ),
            h("Kā strādās tīkli", "How the networks will work"),
            ul(
                (
                    "Katrs tīkls tiekas četras reizes gadā, katru reizi citā pašvaldībā.",
                    "Each network meets four times a year, each time in another municipality.",
                ),
                (
                    "Dati tiek iesniegti divas nedēļas pirms tikšanās un pārbaudīti pāros.",
                    "Data are submitted two weeks before the meeting and checked in pairs.",
                ),
                (
                    "Rezultāti paliek tīklā, līdz dalībnieki vienojas tos publicēt.",
                    "Results stay within the network until its members agree to publish them.",
                ),
            ),
            p(
                "Trešais noteikums sākumā raisīja iebildumus, taču tieši tas ļauj runāt atklāti: "
                "pašvaldība, kura zina, ka skaitļi netiks izrauti no konteksta, rāda arī "
                "neveiksmes.",
                "The third rule met with objections at first, but it is what makes frank talk "
                "possible: a municipality that knows its figures will not be torn out of context "
                "shows its failures as well.",
            ),
        ),
    ),
    article(
        (
            "ko-rada-pirmie-salidzinajumi",
            "what-the-first-comparisons-show",
        ),
        date(2015, 6, 11),
        ("Ko rāda pirmie salīdzinājumi", "What the first comparisons show"),
        (
            "Pēc pirmā pilnā gada tīkli apkopojuši, par ko dalībnieki runā visvairāk un kuri "
            "rādītāji izrādījušies lietojami. Skaitļu kļuvis mazāk, jautājumu – vairāk.",
            "After the first full year the networks have summed up what their members talk about "
            "most and which indicators have proved usable. There are fewer figures now, and more "
            "questions.",
        ),
        ("strategy", "data"),
        body(
            p(
                "Gada sākumā katrs tīkls pieteica vairāk rādītāju, nekā spēja izmantot. Vasarā "
                "palikuši tie, kuru dēļ kāds ir mainījis darba norisi vai vismaz uzdevis "
                "jautājumu kolēģim.",
                "At the start of the year each network put forward more indicators than it could "
                "use. By summer those remain because of which somebody has changed a procedure or "
                "at least asked a colleague a question.",
            ),
            h("Rādītāji pa tīkliem", "Indicators by network"),
            table(
                ("Pieteiktie un paturētie rādītāji", "Indicators proposed and kept"),
                (("Tīkls", "Network"), ("Pieteikti", "Proposed"), ("Paturēti", "Kept")),
                (("Stratēģiskā vadīšana", "Strategic management"), "34", "12"),
                (("Sociālais darbs un veselība", "Social work and health"), "41", "15"),
                (("Pakalpojumi un mājokļi", "Services and housing"), "52", "18"),
                (("Izglītība un kultūra", "Education and culture"), "47", "14"),
            ),
            p(
                "Visātrāk atkrita rādītāji, kuru vērtību nosaka nevis pašvaldības darbs, bet "
                "iedzīvotāju skaits. Palika tie, kas mēra laiku: cik dienās tiek izskatīts "
                "iesniegums, cik ilgi ģimene gaida pakalpojumu, cik bieži ceļš ir izbraucams.",
                "The first to go were indicators whose value depends on the number of residents "
                "rather than on the work of the municipality. Those that measure time remained: "
                "how many days it takes to handle an application, how long a family waits for a "
                "service, how often a road is passable.",
            ),
            quote(
                "Labs rādītājs ir tāds, par kuru divi kolēģi sāk strīdēties un beigās vienojas.",
                "A good indicator is one over which two colleagues begin to argue and in the end "
                "agree.",
                ("No tīkla sanāksmes piezīmēm", "From the notes of a network meeting"),
            ),
        ),
        image=(
            Picture("columns", "Stabiņi un līnijas"),
            (
                "Abstrakts zīmējums: dažāda augstuma stabiņi virs horizontālām līnijām",
                "Abstract drawing: columns of different height above horizontal lines",
            ),
            (
                "No 174 pieteiktajiem rādītājiem tīkli paturējuši 59",
                "Of the 174 indicators proposed the networks have kept 59",
            ),
        ),
    ),
    article(
        (
            "projekts-nosledzas-tikli-turpina",
            "the-project-ends-the-networks-go-on",
        ),
        date(2016, 6, 16),
        ("Projekts noslēdzas, tīkli turpina", "The project ends, the networks go on"),
        (
            "Jūnijā beidzas projekts „Lietpratīga pārvaldība un Latvijas pašvaldību veiktspējas "
            "uzlabošana“. Izdotas divas rokasgrāmatas, un sadarbības tīkli vienojušies turpināt "
            "darbu bez projekta finansējuma.",
            "The project “Smart governance and performance improvement of Latvian municipalities” "
            "ends in June. Two handbooks have been published, and the cooperation networks have "
            "agreed to go on working without project money.",
        ),
        ("strategy",),
        body(
            p(
                "Projekta noslēgums ir pārbaude tam, vai kopīgais darbs bija vajadzīgs pašiem. "
                "Dalībnieki izvēlējās lētāko no iespējām: tiekas cits pie cita, darba "
                "kārtību sagatavo viesu uzņēmējs, bet datus katrs ievada pats.",
                "The end of a project tests whether the common work was needed for its own sake. "
                "The participants chose the cheapest of the options: meetings take place at one "
                "another’s, the host prepares the agenda, and everyone enters their own data.",
            ),
            h("Divas rokasgrāmatas", "Two handbooks"),
            p(
                "Pirmā rokasgrāmata domāta vēlētiem politiķiem un stāsta, kādus lēmumus atvieglo "
                "salīdzināšana. Otrā ir darba grāmata speciālistiem: rādītāju apraksti, datu avoti "
                "un biežākās kļūdas.",
                "The first handbook is meant for elected politicians and explains which decisions "
                "comparison makes easier. The second is a workbook for specialists: descriptions "
                "of indicators, sources of data and the most frequent mistakes.",
            ),
            h("Kas paliek", "What remains"),
            p(
                "Paliek kopīga vārdnīca, uzticēšanās un ieradums zvanīt kolēģim, pirms pērk jaunu "
                "sistēmu vai raksta jaunus noteikumus.",
                "A common vocabulary remains, and trust, and the habit of calling a colleague "
                "before buying a new system or writing new rules.",
            ),
        ),
        partners=("lps", "ks", "vraa", "norway"),
    ),
    article(
        (
            "majoklis-ka-pakalpojums",
            "housing-as-a-service",
        ),
        date(2018, 5, 10),
        ("Mājoklis kā pakalpojums", "Housing as a service"),
        (
            "Sabiedrisko pakalpojumu tīkls salīdzināja, kā pašvaldības pārvalda savus dzīvokļus: "
            "no rindas uz īri līdz apkures parādiem. Izrādījās, ka gaidīšanas laiku nosaka nevis "
            "dzīvokļu skaits, bet remonta kārtība.",
            "The network for public services compared how municipalities manage their dwellings: "
            "from the waiting list to heating debts. The waiting time turned out to depend not on "
            "the number of dwellings but on how repairs are organised.",
        ),
        ("services", "social"),
        body(
            p(
                "Visās pašvaldībās, kas piedalījās salīdzinājumā, bija tukši dzīvokļi un "
                "vienlaikus rinda. Atšķīrās dienu skaits no atslēgu nodošanas līdz nākamajam "
                "īrniekam.",
                "All the municipalities in the comparison had empty dwellings and a waiting list "
                "at the same time. What differed was the number of days from the handing in of "
                "the keys to the next tenant.",
            ),
            h("Trīs soļi, kas saīsina gaidīšanu", "Three steps that shorten the wait"),
            ol(
                (
                    "Dzīvokli apseko, pirms īrnieks to atstāj, nevis pēc tam.",
                    "The dwelling is inspected before the tenant leaves, not afterwards.",
                ),
                (
                    "Remontam ir noslēgts gada līgums ar vienības cenām.",
                    "There is a yearly contract for repairs, with unit prices.",
                ),
                (
                    "Par dzīvokli atbild viena persona no pieteikuma līdz līgumam.",
                    "One person is in charge of the dwelling from application to contract.",
                ),
            ),
            p(
                "Nākamajā tikšanās reizē tīkls salīdzinās apkures parādus un to, kuri atbalsta "
                "veidi tos mazina, nevis tikai atliek.",
                "At its next meeting the network will compare heating debts and ask which forms of "
                "support reduce them rather than merely postpone them.",
            ),
        ),
    ),
    article(
        (
            "jurmala-spriez-par-parvaldibu-pirms-reformas",
            "jurmala-discusses-governance-before-the-reform",
        ),
        date(2019, 10, 7),
        (
            "Jūrmalā spriež par pārvaldību pirms reformas",
            "Governance before the reform discussed in Jūrmala",
        ),
        (
            "Izpilddirektoru rudens konferencē Jūrmalā divas dienas runāja par to, kas jāsakārto, "
            "pirms pašvaldības apvieno: līgumi, dati un cilvēki.",
            "The executive directors’ autumn conference in Jūrmala spent two days on what has to "
            "be put in order before municipalities are merged: contracts, data and people.",
        ),
        ("strategy", "data"),
        body(
            p(
                "Reformas iznākumu konferences laikā vēl neviens nezināja. Tieši tāpēc dalībnieki "
                "runāja par darbiem, kas noder jebkurā gadījumā: kopīgiem līgumu reģistriem, "
                "vienādiem amatu nosaukumiem un sakārtotiem arhīviem.",
                "At the time of the conference nobody knew how the reform would turn out. That is "
                "why the participants spoke about work that is useful in any case: common "
                "registers of contracts, uniform job titles and archives in good order.",
            ),
            h("Cilvēki pirms struktūrām", "People before structures"),
            p(
                "Darba grupas nonāca pie vienas atziņas no dažādām pusēm: apvienošana izdodas, ja "
                "darbinieks jau pirms tās pazīst savu nākamo kolēģi.",
                "The working groups reached the same insight from different sides: a merger works "
                "if the employee knows the future colleague before it happens.",
            ),
            p(
                "Konferences atziņas ir iekļautas krātuvē un lasāmas raksta beigās.",
                "The insights of the conference are in the library and can be read at the end of "
                "this article.",
            ),
        ),
        conference="jurmala-2019",
    ),
    article(
        (
            "sanaksmes-turpinas-attalinati",
            "meetings-continue-remotely",
        ),
        date(2020, 4, 2),
        ("Sanāksmes turpinās attālināti", "Meetings continue remotely"),
        (
            "Ārkārtējās situācijas laikā LPIA tiekas tiešsaistē reizi nedēļā. Darba kārtība ir "
            "īsa: kas mainījies, kas nedarbojas un kurš jau ir atradis risinājumu.",
            "During the state of emergency LPIA meets online once a week. The agenda is short: "
            "what has changed, what does not work, and who has found a solution already.",
        ),
        ("crisis", "data"),
        body(
            p(
                "Pirmajās nedēļās katra pašvaldība tās pašas problēmas risināja viena: kā sasaukt "
                "domes sēdi attālināti, kā pieņemt iesniegumus, kā sasniegt cilvēkus bez "
                "interneta. Kopīgā sanāksme ļauj atbildi atrast vienreiz.",
                "In the first weeks every municipality solved the same problems on its own: how to "
                "hold a council sitting remotely, how to receive applications, how to reach people "
                "without the internet. A common meeting makes it possible to find the answer once.",
            ),
            h("Vienas lapas princips", "The one-page principle"),
            p(
                "Katrs risinājums tiek aprakstīts vienā lapā: kam tas domāts, kas vajadzīgs un kam "
                "zvanīt. Garākus aprakstus šajās dienās neviens neizlasītu.",
                "Each solution is described on one page: whom it is for, what it takes and whom to "
                "call. These days nobody would read anything longer.",
            ),
            p(
                "Pēc ārkārtējās situācijas ikmēneša sanāksmes paliks arī tiešsaistē, lai tajās "
                "varētu piedalīties katra pašvaldība neatkarīgi no attāluma līdz Rīgai.",
                "After the state of emergency the monthly meetings will remain available online, "
                "so that every municipality can take part however far it lies from Riga.",
            ),
        ),
    ),
    article(
        (
            "ka-sasniegt-seniorus-arkartejas-situacijas-laika",
            "how-to-reach-older-people-in-the-state-of-emergency",
        ),
        date(2020, 4, 2),
        (
            "Kā sasniegt seniorus ārkārtējās situācijas laikā",
            "How to reach older people in the state of emergency",
        ),
        (
            "Sociālie dienesti apmainās ar vienkāršām metodēm: tālruņa saraksts, pārtikas pakas "
            "pie durvīm un viens numurs visam novadam.",
            "Social services exchange simple methods: a telephone list, food parcels at the door "
            "and one number for the whole county.",
        ),
        ("social", "crisis"),
        body(
            p(
                "Vecāki cilvēki reti lasa pašvaldības tīmekļvietni, bet gandrīz visi paceļ "
                "tālruni. Vairāki sociālie dienesti tāpēc paši zvana tiem, kuri dzīvo vieni, un "
                "sarunā uzdod trīs jautājumus: vai ir pārtika, vai ir zāles, vai ir kāds, ar ko "
                "parunāt.",
                "Older people rarely read the website of their municipality, but almost all of "
                "them pick up the telephone. Several social services therefore call those who "
                "live alone and ask three things: is there food, is there medicine, is there "
                "somebody to talk to.",
            ),
            note(
                ("Ko der sagatavot iepriekš", "Worth preparing beforehand"),
                p(
                    "Sarakstu ar vientuļi dzīvojošiem iedzīvotājiem, kuri piekrīt, ka viņiem "
                    "zvana, un rezerves numuru, ja dienests pats ir karantīnā.",
                    "A list of residents who live alone and agree to be called, and a spare number "
                    "in case the service itself is in quarantine.",
                ),
            ),
            p(
                "Saraksts noderēs arī pēc tam: plūdos, salā un elektrības pārrāvumos ir vajadzīgi "
                "tie paši tālruņa numuri.",
                "The list will be useful afterwards too: floods, frost and power cuts call for the "
                "same telephone numbers.",
            ),
        ),
    ),
    article(
        (
            "jauno-novadu-pirmas-nedelas",
            "the-first-weeks-of-the-new-counties",
        ),
        date(2021, 7, 8),
        ("Jauno novadu pirmās nedēļas", "The first weeks of the new counties"),
        (
            "Kopš 1. jūlija Latvijā darbojas jaunās pašvaldības. LPIA sagatavojusi kontrolsarakstu "
            "izpilddirektoriem, kuri apvieno administrācijas.",
            "The new municipalities of Latvia have been at work since 1 July. LPIA has prepared a "
            "checklist for executive directors who are merging administrations.",
        ),
        ("strategy", "services"),
        body(
            p(
                "Pirmajās nedēļās iedzīvotājam svarīgs nav pārvaldes nosaukums, bet gan tas, vai "
                "klientu apkalpošanas centrs ir atvērts un vai autobuss kursē. Kontrolsaraksts "
                "tāpēc sākas ar redzamajiem pakalpojumiem un tikai tad nonāk pie struktūrām.",
                "In the first weeks residents do not mind what an office is called, but whether "
                "the customer service centre is open and the bus is running. The checklist "
                "therefore begins with visible services and only then comes to structures.",
            ),
            h("Seši darbi", "Six tasks"),
            ol(
                ("saistošie noteikumi;", "binding regulations;"),
                ("līgumi;", "contracts;"),
                ("darbinieki un pieejas tiesības;", "staff and access rights;"),
                ("klientu apkalpošana;", "customer service;"),
                ("dati un arhīvs;", "data and the archive;"),
                ("saziņa ar iedzīvotājiem.", "communication with residents."),
            ),
            p(
                "Kontrolsaraksts ir pievienots rakstam. To var brīvi pielāgot un papildināt; "
                "labojumus LPIA apkopos septembra sanāksmē.",
                "The checklist is attached to this article. It may be freely adapted and extended; "
                "LPIA will collect amendments at its September meeting.",
            ),
        ),
        attachments=(CHECKLIST,),
    ),
    article(
        (
            "valmiera-izverte-reformas-pirmos-menesus",
            "valmiera-reviews-the-first-months-of-the-reform",
        ),
        date(2021, 11, 29),
        (
            "Valmierā izvērtē reformas pirmos mēnešus",
            "The first months of the reform reviewed in Valmiera",
        ),
        (
            "Konferencē Valmierā jauno novadu izpilddirektori salīdzināja, kas pirmajos mēnešos "
            "izdevies ātrāk, nekā cerēts, un kas prasīs vēl gadus.",
            "At the conference in Valmiera the executive directors of the new counties compared "
            "what went faster than hoped in the first months and what will take years.",
        ),
        ("strategy", "education"),
        body(
            p(
                "Ātrāk, nekā plānots, apvienotas grāmatvedības un klientu apkalpošana. Lēnāk "
                "virzās skolu tīkls un datu sistēmas: tur katra agrākā pašvaldība bija gājusi "
                "savu ceļu.",
                "Accounting and customer service were merged faster than planned. The network of "
                "schools and data systems move more slowly: there each former municipality had "
                "gone its own way.",
            ),
            h("Pagastu pārvaldes", "Parish offices"),
            p(
                "Visilgākā saruna bija par pagastu pārvaldēm. Tās ir tuvākā vieta, kur cilvēks "
                "satiek pašvaldību, tāpēc to uzdevumi jāraksta no iedzīvotāja, nevis no "
                "struktūras puses.",
                "The longest conversation was about parish offices. They are the nearest place "
                "where people meet the municipality, so their tasks must be written from the "
                "resident’s side, not from that of the structure.",
            ),
            figure(
                Picture("map", "Novadu laukumi"),
                (
                    "Abstrakts zīmējums: dažādu krāsu laukumi, kas kopā veido karti",
                    "Abstract drawing: fields of different colours that form a map together",
                ),
                (
                    "Pēc reformas novadi ir lielāki, bet ceļam līdz pakalpojumam jāpaliek īsam",
                    "After the reform counties are larger, but the way to a service must stay "
                    "short",
                ),
            ),
        ),
        conference="valmiera-2021",
    ),
]
