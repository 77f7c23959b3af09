"""Monthly meetings: recorded ones with agendas, and two to come.

The ids of recordings are placeholders of the right length; no such videos exist.
"""

import datetime

from demo.data import Entry, File, InDays, L, Picture, body, p, same
from home.durations import parse_clock
from home.youtube import watch_url

MORNING = datetime.time(10, 0)
ONLINE = L("Tiešsaistē", "Online")

WORKSHEET = File(
    "kopiga-iepirkuma-darba-lapa-joint-procurement-worksheet.csv",
    "Kopīga iepirkuma darba lapa · Joint procurement worksheet",
    (
        (
            L("Solis", "Step"),
            L("Atbildīgais", "In charge"),
            L("Termiņš", "Deadline"),
        ),
        (L("Prece", "Item"), L("", ""), L("", "")),
        (L("Tehniskais apraksts", "Technical description"), L("", ""), L("", "")),
        (L("Pircējs un pārbaudītājs", "Buyer and checker"), L("", ""), L("", "")),
        (L("Pievienošanās kārtība", "How to join later"), L("", ""), L("", "")),
        (L("Salīdzinājums pēc gada", "Comparison after a year"), L("", ""), L("", "")),
    ),
)


def recorded(day, title, duration, agenda, *, place=ONLINE, transcript="", text=None, files=()):
    """A past meeting; ``agenda`` is rows of the moment, the Latvian and the English title."""
    month = f"{day:%Y-%m}"
    return Entry(
        "home.MeetingPage",
        f"meeting/{month}",
        {
            "title": L(*title),
            "slug": same(f"{day:%Y-%m-%d}"),
            "summary": L(
                "; ".join(row[1] for row in agenda[1:3]) + ".",
                "; ".join(row[2] for row in agenda[1:3]) + ".",
            ),
            "starts_at": datetime.datetime.combine(day, MORNING),
            "place": place,
            "recording": watch_url(f"demo-{day:%Y%m}"),
            "duration": parse_clock(duration),
            "thumbnail": Picture(f"recording-{day.month % 4}", "Sanāksmes ieraksts"),
            "agenda": [
                {"title": L(lv, en), "offset": parse_clock(moment)} for moment, lv, en in agenda
            ],
            "transcript": transcript.strip(),
            "body": body(p(*text)) if text else body(),
            "attachments": [{"document": file} for file in files],
        },
        parent="meetings",
        published=day,
    )


def upcoming(slug, days, title, agenda, place=ONLINE):
    """A meeting to come; its agenda has no moments yet."""
    return Entry(
        "home.MeetingPage",
        f"meeting/{slug.lv}",
        {
            "title": L(*title),
            "slug": slug,
            "starts_at": InDays(days, MORNING),
            "place": place,
            "agenda": [{"title": L(lv, en)} for lv, en in agenda],
        },
        parent="meetings",
    )


ENTRIES = [
    recorded(
        datetime.date(2022, 9, 15),
        ("Septembra sanāksme: enerģija un ziema", "September meeting: energy and winter"),
        "1:24:10",
        [
            ("0:00", "Darba kārtība un iepriekšējie lēmumi", "Agenda and earlier decisions"),
            ("4:35", "Ēku enerģijas patēriņš", "Energy use of buildings"),
            ("38:20", "Ielu apgaismojuma režīmi", "Modes of street lighting"),
            ("1:02:45", "Kā par taupīšanu runāt ar iedzīvotājiem", "Talking about saving"),
        ],
    ),
    recorded(
        datetime.date(2022, 10, 13),
        (
            "Oktobra sanāksme: gatavošanās Prāgas konferencei",
            "October meeting: preparing for the Prague conference",
        ),
        "1:11:32",
        [
            ("0:00", "Darba kārtība", "Agenda"),
            (
                "3:10",
                "Ko stāstīt par Latvijas pašvaldībām",
                "What to show of Latvian municipalities",
            ),
            ("29:40", "Budžeta sagatavošana inflācijas laikā", "Preparing a budget in inflation"),
            ("58:05", "Dažādi", "Other business"),
        ],
    ),
    recorded(
        datetime.date(2022, 12, 1),
        (
            "Decembra sanāksme: Prāgas atziņas un kopīgi iepirkumi",
            "December meeting: insights from Prague and joint procurement",
        ),
        "1:38:54",
        [
            ("0:00", "Darba kārtība", "Agenda"),
            ("2:50", "Piecas atziņas no Prāgas", "Five insights from Prague"),
            ("31:15", "Dati lēmumu pieņemšanā", "Data in decision-making"),
            ("55:40", "Kopīgs iepirkums: pirmie soļi", "Joint procurement: the first steps"),
            ("1:27:00", "Gada darba plāns", "Plan of work for the year"),
        ],
        transcript="""
[00:00] Labrīt! Sākam decembra sanāksmi; darba kārtībā četri jautājumi.
[02:50] Prāgas konferencē nosauktas piecas atziņas. Pirmā: pašvaldībām Eiropā ir līdzīgas problēmas.
[12:20] Otrā atziņa ir par enerģijas un inflācijas krīzi un sabalansētu budžetu.
[31:15] Pārejam pie datiem. Vispirms jāzina, kādi dati pašvaldībā jau ir.
[55:40] Par kopīgu iepirkumu: sākam ar vienu preci, ko abas pašvaldības pērk katru gadu.
[1:27:00] Nākamā gada plānā paredzam vienu konferenci un desmit sanāksmes.
""",
        files=(WORKSHEET,),
    ),
    recorded(
        datetime.date(2023, 2, 9),
        ("Februāra sanāksme: ceļš līdz ārstam", "February meeting: the way to a doctor"),
        "1:19:27",
        [
            ("0:00", "Darba kārtība", "Agenda"),
            ("5:00", "Reģionālie maršruti un vizīšu laiki", "Regional routes and appointments"),
            ("44:30", "Aprūpe mājās: slodze un izmaksas", "Home care: workload and costs"),
            ("1:10:10", "Dažādi", "Other business"),
        ],
    ),
    recorded(
        datetime.date(2023, 5, 11),
        ("Maija sanāksme: ceļi un remonti", "May meeting: roads and repairs"),
        "1:07:48",
        [
            ("0:00", "Darba kārtība", "Agenda"),
            ("3:45", "Grants ceļu uzturēšanas cenas", "Prices of maintaining gravel roads"),
            ("35:20", "Remontu gada līgumi ar vienības cenām", "Yearly repair contracts"),
        ],
        place=L("Cēsis un tiešsaistē", "Cēsis and online"),
    ),
    recorded(
        datetime.date(2023, 10, 12),
        ("Oktobra sanāksme: ko atvedām no Tallinas", "October meeting: brought from Tallinn"),
        "1:30:05",
        [
            ("0:00", "Darba kārtība", "Agenda"),
            ("4:15", "Četras atziņas no Baltijas foruma", "Four insights from the Baltic forum"),
            ("42:00", "Kopīgas sistēmas un to izņēmumi", "Common systems and their exceptions"),
            ("1:15:30", "Klientu apkalpošanas laiki", "Hours of customer service"),
        ],
        transcript="""
[00:00] Sveicināti oktobra sanāksmē!
[04:15] Forumā Tallinā runāja par pakalpojumiem, kurus pašvaldības veido kopā.
[21:40] Secība ir svarīga: vispirms process, tad dati, tad programma.
[42:00] Kopīga sistēma izmaksā lētāk, ja atsakāmies no saviem izņēmumiem.
[1:15:30] Salīdzinām klientu apkalpošanas laikus; nākamreiz ar skaitļiem.
""",
    ),
    recorded(
        datetime.date(2024, 2, 8),
        ("Februāra sanāksme: valodas rīki iestādē", "February meeting: language tools at work"),
        "1:22:13",
        [
            ("0:00", "Darba kārtība", "Agenda"),
            ("3:30", "Iekšējie noteikumi par mākslīgo intelektu", "Internal rules on AI"),
            ("48:50", "Personas dati un ārējie rīki", "Personal data and external tools"),
        ],
    ),
    recorded(
        datetime.date(2024, 5, 9),
        ("Maija sanāksme: pirmsskolas rindas", "May meeting: early-years waiting lists"),
        "1:03:39",
        [
            ("0:00", "Darba kārtība", "Agenda"),
            ("4:05", "Rindas prognoze pa pagastiem", "Forecast of waiting lists by parish"),
            ("33:25", "Grupas atvēršana gada vidū", "Opening a group in mid-year"),
        ],
    ),
    recorded(
        datetime.date(2024, 11, 14),
        ("Novembra sanāksme: datu gada secinājumi", "November meeting: the year of data"),
        "1:41:20",
        [
            ("0:00", "Darba kārtība", "Agenda"),
            ("2:40", "Piecas atziņas no Kuldīgas", "Five insights from Kuldīga"),
            ("36:10", "Datu avots lēmuma projektā", "The source of data in a draft decision"),
            ("1:08:00", "Datu kataloga paraugs", "Sample data catalogue"),
        ],
    ),
    recorded(
        datetime.date(2025, 1, 16),
        ("Janvāra sanāksme: gada plāns", "January meeting: the plan of the year"),
        "58:47",
        [
            ("0:00", "Darba kārtība", "Agenda"),
            ("3:00", "Sanāksmju un konferences plāns", "Plan of meetings and of the conference"),
            ("31:30", "Sniega tīrīšanas līgumi", "Contracts for clearing snow"),
        ],
    ),
    recorded(
        datetime.date(2025, 4, 10),
        ("Aprīļa sanāksme: skolu tīkls", "April meeting: the network of schools"),
        "1:36:02",
        [
            ("0:00", "Darba kārtība", "Agenda"),
            (
                "4:20",
                "Saruna ar vecākiem četros soļos",
                "A conversation with parents in four steps",
            ),
            ("51:15", "Skolēnu pārvadājumi", "School transport"),
            ("1:22:40", "Dažādi", "Other business"),
        ],
    ),
    recorded(
        datetime.date(2025, 9, 18),
        ("Septembra sanāksme: valde un darba plāns", "September meeting: Board and plan of work"),
        "1:14:55",
        [
            ("0:00", "Darba kārtība", "Agenda"),
            ("3:20", "Valdes sastāvs", "Composition of the Board"),
            ("27:45", "Gatavošanās konferencei Daugavpilī", "Preparing the Daugavpils conference"),
            ("59:10", "Jauno domju lēmumi", "Decisions of the new councils"),
        ],
        place=L("Rīga, LPS, un tiešsaistē", "Riga, LPS, and online"),
    ),
    recorded(
        datetime.date(2025, 12, 11),
        ("Decembra sanāksme: sociālā darba slodze", "December meeting: workload in social work"),
        "1:09:18",
        [
            ("0:00", "Darba kārtība", "Agenda"),
            ("4:50", "Sociālā darbinieka slodze", "The workload of a social worker"),
            ("40:05", "Pakalpojumu cenu salīdzinājums", "Comparing the prices of services"),
        ],
    ),
    recorded(
        datetime.date(2026, 2, 12),
        ("Februāra sanāksme: bibliotēka kā centrs", "February meeting: the library as a centre"),
        "1:05:26",
        [
            ("0:00", "Darba kārtība", "Agenda"),
            ("3:55", "Klientu apkalpošana bibliotēkā", "Customer service in the library"),
            (
                "37:30",
                "Piekļuves tiesības un datu aizsardzība",
                "Access rights and data protection",
            ),
        ],
    ),
    recorded(
        datetime.date(2026, 5, 7),
        (
            "Maija sanāksme: krīzes mācības bez elektrības",
            "May meeting: a crisis exercise without electricity",
        ),
        "1:47:33",
        [
            ("0:00", "Darba kārtība", "Agenda"),
            ("3:15", "Mācību scenārijs", "The scenario of the exercise"),
            ("26:40", "Trīs atklātie trūkumi", "Three faults that came to light"),
            ("1:04:00", "Degviela un atslēgas", "Fuel and keys"),
            ("1:31:20", "Nākamās mācības", "The next exercise"),
        ],
        transcript="""
[00:00] Labdien! Šodien viens temats: mācības bez elektrības.
[03:15] Astoņos no rīta elektrība pazūd, un neviens nezina, cik ilgi.
[26:40] Atklājās trīs trūkumi: degviela, durvis un tālruņu saraksts.
[1:04:00] Degvielas daudzumu pārbauda reizi ceturksnī, atslēgas glabā divās vietās.
[1:31:20] Nākamajās mācībās pārbaudīsim tikai saziņu.
""",
        text=(
            "Sanāksmē aplūkotas mācības, kurās pašvaldība astoņas stundas strādāja bez "
            "elektrības. Secinājumi apkopoti rakstā sadaļā „Aktualitātes“.",
            "The meeting looked at an exercise in which a municipality worked for eight hours "
            "without electricity. The conclusions are gathered in an article among the news.",
        ),
    ),
    recorded(
        datetime.date(2026, 9, 10),
        ("Septembra sanāksme: budžeta sezona", "September meeting: the budget season"),
        "1:20:41",
        [
            ("0:00", "Darba kārtība", "Agenda"),
            ("4:00", "Pieci jautājumi par budžetu", "Five questions to a budget"),
            ("43:50", "Izmaksas uz vienu iedzīvotāju", "Costs per resident"),
            ("1:09:30", "Atziņu krātuve", "The Insights Library"),
        ],
    ),
    recorded(
        datetime.date(2026, 10, 8),
        ("Oktobra sanāksme: apkure un mājokļi", "October meeting: heating and housing"),
        "1:13:08",
        [
            ("0:00", "Darba kārtība", "Agenda"),
            ("3:40", "Apkures parādi un atbalsta veidi", "Heating debts and forms of support"),
            ("39:15", "Tukšo dzīvokļu remonts", "Repairing empty dwellings"),
        ],
    ),
    upcoming(
        L("gada-noslegums", "close-of-the-year"),
        12,
        ("Ikmēneša sanāksme: gada noslēgums", "Monthly meeting: the close of the year"),
        [
            ("Darba kārtība un iepriekšējie lēmumi", "Agenda and earlier decisions"),
            ("Budžeta izpilde un pārcelamie darbi", "Execution of the budget, work to carry over"),
            ("Ziemas dienesta gatavība", "Readiness of the winter service"),
        ],
    ),
    upcoming(
        L("gada-darba-plans", "plan-of-work"),
        47,
        ("Ikmēneša sanāksme: gada darba plāns", "Monthly meeting: plan of work for the year"),
        [
            ("Darba kārtība", "Agenda"),
            ("Konferences temats un vieta", "Subject and place of the conference"),
            ("Sadarbības tīklu plāni", "Plans of the cooperation networks"),
        ],
        place=L("Rīga, LPS, un tiešsaistē", "Riga, LPS, and online"),
    ),
]
