"""What a public body tells about its site: how accessible it is, and what it stores.

Both pages must stay true to the code: tests/demo holds the records against ``home.retention``.
"""

import datetime

from demo.data import L, Ref, body, h, note, p, rich, ul

from .pages import LAUNCH, page


def failure(description, place, plan, subject=None, due_on=None, reason="failure"):
    return {
        "description": L(*description),
        "reason": reason,
        "subject": subject,
        "place": L(*place) if place else "",
        "plan": L(*plan),
        "due_on": due_on,
    }


def enforcement_body(name, role, url, email="", phone=""):
    return {
        "name": L(*name),
        "role": L(*role),
        "url": url,
        "email": email,
        "phone": phone,
    }


ACCESSIBILITY = page(
    "home.AccessibilityStatementPage",
    "accessibility",
    "home",
    ("pieklustamiba", "accessibility"),
    ("Piekļūstamības paziņojums", "Accessibility statement"),
    summary=L(
        "Cik piekļūstama ir šī vietne un kur ziņot par šķēršļiem.",
        "How accessible this site is and where to report barriers.",
    ),
    introduction=L(
        "LPIA rūpējas, lai šī vietne būtu piekļūstama visiem, arī cilvēkiem ar invaliditāti. "
        "Paziņojums sagatavots atbilstoši Ministru kabineta 2020. gada 14. jūlija noteikumiem Nr. "
        "445 „Kārtība, kādā iestādes ievieto informāciju internetā“.",
        "LPIA takes care that this site is accessible to everybody, people with disabilities "
        "included. The statement has been prepared in accordance with Cabinet Regulation No. 445 "
        "of 14 July 2020, “Procedures for the Publication of Information on the Internet by "
        "Institutions”.",
    ),
    conformance="partial",
    standard=L(
        "EN 301 549, WCAG 2.1 AA; mērķis – WCAG 2.2 AA", "EN 301 549, WCAG 2.1 AA; aim: WCAG 2.2 AA"
    ),
    method=L(
        "Pašnovērtējums: automātiskas pārbaudes visos lapu veidos un abās valodās, pārbaude tikai "
        "ar tastatūru un ekrāna palielinājums līdz 400 %. Neatkarīgs novērtējums nav veikts.",
        "Self-evaluation: automatic checks of every type of page in both languages, a check with "
        "the keyboard alone, and zoom up to 400%. No independent evaluation has been made.",
    ),
    evaluated_on=LAUNCH,
    evaluated_by=L(
        "Latvijas Pašvaldību izpilddirektoru asociācija",
        "Association of Executive Directors of Latvian Municipalities",
    ),
    failures=[
        failure(
            (
                "Sanāksmju ierakstiem nav subtitru, un ne visiem ir atšifrējums.",
                "Recordings of meetings have no captions, and not all have a transcript.",
            ),
            ("visi ieraksti", "all recordings"),
            (
                "Atšifrējumu pievieno pēc pieprasījuma. Jaunajiem ierakstiem to sagatavos "
                "pakāpeniski.",
                "A transcript is added on request. Those of new recordings will be prepared step "
                "by step.",
            ),
            subject=Ref("meetings"),
            due_on=datetime.date(2027, 6, 30),
        ),
        failure(
            (
                "Atšifrējumi un daļa pielikumu ir tikai latviešu valodā.",
                "Transcripts and some attachments are in Latvian only.",
            ),
            ("sanāksmes un aktualitātes", "meetings and news"),
            (
                "Kopsavilkumu angļu valodā var lūgt, izmantojot šīs lapas veidlapu.",
                "A summary in English can be asked for with the form on this page.",
            ),
            due_on=datetime.date(2027, 12, 31),
        ),
        failure(
            (
                "YouTube atskaņotājs, kas tiek ielādēts pēc apmeklētāja izvēles, nav LPIA pārziņā.",
                "The YouTube player, which loads when a visitor chooses so, is not under the "
                "control of LPIA.",
            ),
            ("lapas ar ierakstiem", "pages with recordings"),
            (
                "Ierakstu var atvērt arī ar parastu saiti vietnē YouTube.",
                "A recording can also be opened on YouTube by an ordinary link.",
            ),
            reason="scope",
        ),
    ],
    alternatives=rich(
        p(
            "Ja kāds saturs nav piekļūstams, to var lūgt citā formātā – piemēram, atšifrējumu, "
            "kopsavilkumu vai vienkārša teksta datni.",
            "Content that is not accessible can be asked for in another format, for instance as a "
            "transcript, a summary or a plain text file.",
        ),
    ),
    body=body(
        note(
            ("Kas vietnē palīdz", "What helps on this site"),
            ul(
                (
                    "Lapas var lietot bez JavaScript un tikai ar tastatūru.",
                    "Pages can be used without JavaScript and with the keyboard alone.",
                ),
                (
                    "Vietne pielāgojas gaišam un tumšam režīmam un izvēlei samazināt kustību.",
                    "The site adapts to light and dark mode and to the wish for less motion.",
                ),
                (
                    "Svarīgākais par asociāciju ir arī lapā „Viegli lasīt“.",
                    "The essentials about the association also stand on the page “Easy to read”.",
                ),
            ),
        ),
    ),
    feedback=L(
        "Lūdzam ziņot, ja kaut ko šajā vietnē nevar izlasīt, atrast vai lietot, vai ja "
        "informācija vajadzīga citā formātā.",
        "Please report anything on this site that cannot be read, found or used, or ask for "
        "information in another format.",
    ),
    answer_days=21,
    retention_months=24,
    subject=L("Ziņojums par vietnes piekļūstamību", "Report on the accessibility of the site"),
    enforcement=L(
        "Ja atbilde nav sniegta laikā vai neapmierina, var vērsties turpmāk minētajās iestādēs. Šī "
        "ir parauga vietne: iestāžu nosaukumi un kontakti pirms publicēšanas jāpārbauda.",
        "If no answer is given in time, or it is not satisfactory, the institutions below can be "
        "turned to. This is a sample site: names and contacts of institutions must be verified "
        "before publication.",
    ),
    enforcement_bodies=[
        enforcement_body(
            (
                "Valsts digitālās attīstības aģentūra (VDAA)",
                "State Digital Development Agency (VDAA)",
            ),
            (
                "Pārrauga, kā iestādes īsteno tīmekļvietņu piekļūstamības prasības.",
                "Monitors how institutions implement the accessibility requirements for websites.",
            ),
            "https://www.vdaa.gov.lv",
        ),
        enforcement_body(
            (
                "Latvijas Republikas Tiesībsarga birojs",
                "Ombudsman’s Office of the Republic of Latvia",
            ),
            (
                "Izskata sūdzības par vienlīdzīgas attieksmes un labas pārvaldības pārkāpumiem.",
                "Handles complaints about breaches of equal treatment and good administration.",
            ),
            "https://www.tiesibsargs.lv",
        ),
    ],
    prepared_on=LAUNCH,
)


def record(what, where, purpose, kind="", kept_for=None):
    return {
        "what": L(*what),
        "where": L(*where),
        "purpose": L(*purpose),
        "kind": kind,
        "kept_for": L(*kept_for) if kept_for else "",
    }


DATABASE = ("Vietnes datubāzē", "In the database of the site")
BROWSER = ("Apmeklētāja pārlūkā (localStorage)", "In the visitor’s browser (localStorage)")

PRIVACY = page(
    "home.PrivacyPage",
    "privacy",
    "home",
    ("privatums", "privacy"),
    ("Privātums", "Privacy"),
    summary=L(
        "Ko vietne par apmeklētājiem un redaktoriem glabā, kāpēc un cik ilgi.",
        "What the site stores about visitors and editors, why and for how long.",
    ),
    introduction=L(
        "Vietne apmeklētāju pārlūkos nesaglabā sīkdatnes, apmeklētājiem neseko un bez apmeklētāja "
        "rīcības neko nepieprasa no citiem serveriem.",
        "The site sets no cookies for visitors, does not track them and asks nothing of other "
        "servers until a visitor acts.",
    ),
    records=[
        record(
            ("Ziņa, ka paziņojums ir izlasīts", "The fact that the notice was read"),
            BROWSER,
            (
                "Lai paziņojumu nerādītu atkārtoti. Serverim šī ziņa netiek sūtīta.",
                "So that the notice is not shown again. It is not sent to the server.",
            ),
            "browser",
        ),
        record(
            ("Izvēle vienmēr atļaut video", "The choice to always allow videos"),
            BROWSER,
            (
                "Lai ieraksti sāktos bez jautājuma. Izvēli var atsaukt vietnes kājenē.",
                "So that recordings start without asking. The choice can be revoked in the footer.",
            ),
            "browser",
        ),
        record(
            (
                "Iestāšanās un izstāšanās pieteikumi: pašvaldība, vārds un uzvārds, amats, "
                "e-pasts, tālrunis, piezīmes",
                "Applications to join or leave: municipality, name, office, e-mail, phone, remarks",
            ),
            DATABASE,
            (
                "Lai pieteikumu izskatītu un atbildētu. Ja lapā norādīta e-pasta adrese, kopija "
                "tiek nosūtīta uz to.",
                "To handle the application and answer it. If the page names an e-mail address, a "
                "copy is sent there.",
            ),
            "applications",
        ),
        record(
            (
                "Ziņojumi par piekļūstamību: teksts un, ja norādīts, lapa, ierīce, vārds, e-pasts",
                "Reports on accessibility: text and, if given, page, device, name, e-mail",
            ),
            DATABASE,
            (
                "Lai šķērsli novērstu un atbildētu. Ja lapā norādīta e-pasta adrese, kopija tiek "
                "nosūtīta uz to.",
                "To remove the barrier and answer. If the page names an e-mail address, a copy is "
                "sent there.",
            ),
            "feedback",
        ),
        record(
            (
                "Neatgriezenisks IP adreses nospiedums, nosūtot veidlapu",
                "A one-way print of the IP address when a form is sent",
            ),
            ("Servera kešatmiņā", "In the server’s cache"),
            (
                "Lai ierobežotu automātiski sūtītas veidlapas. Pati adrese netiek glabāta.",
                "To limit forms sent automatically. The address itself is not kept.",
            ),
            "senders",
        ),
        record(
            (
                "Neatgriezenisks IP adreses nospiedums, prasot datus no publiskās API",
                "A one-way print of the IP address when data are asked of the public API",
            ),
            ("Servera kešatmiņā", "In the server’s cache"),
            (
                "Lai viens lietotājs nepārslogotu vietni. Pati adrese netiek glabāta.",
                "So that no single user overloads the site. The address itself is not kept.",
            ),
            "askers",
        ),
        record(
            (
                "Meklējumi, kuriem nekas netika atrasts: teksts, valoda, diena un skaits",
                "Searches that found nothing: text, language, day and number",
            ),
            DATABASE,
            (
                "Lai redaktori zinātu, kā vietnē trūkst. Netiek glabāts, kurš un cikos meklēja; "
                "meklējumi ar e-pasta adresi, personas kodu vai tālruņa numuru netiek saglabāti.",
                "So that editors learn what the site lacks. Who searched, and at what hour, is not "
                "kept; searches with an e-mail address, a personal code or a phone number are not "
                "stored.",
            ),
            "unanswered",
        ),
        record(
            (
                "Fona uzdevumi: kas jāizdara un, ja neizdevās, kļūdas apraksts",
                "Tasks in the background: what is to be done and, if it failed, the error",
            ),
            DATABASE,
            (
                "Lai darbus, kas nav jāgaida (attēlu sagatavošana, pielikumu lasīšana), pabeigtu "
                "arī pēc traucējuma.",
                "So that work that nobody has to wait for (preparing images, reading attachments) "
                "is finished even after a disturbance.",
            ),
            "tasks",
        ),
        record(
            (
                "Valdes locekļi un kontaktpersonas: vārds, amats, pašvaldība, darba tālrunis un "
                "e-pasts",
                "Board members and contacts: name, office, municipality, work phone and e-mail",
            ),
            DATABASE,
            (
                "Lai sabiedrība zinātu, kas asociāciju vada un kā ar to sazināties.",
                "So that the public knows who leads the association and how to reach it.",
            ),
            "people",
        ),
        record(
            (
                "Redaktoru konti: lietotājvārds, vārds, e-pasts, paroles nospiedums, loma",
                "Accounts of editors: user name, name, e-mail, print of the password, role",
            ),
            DATABASE,
            (
                "Lai redaktori varētu pieteikties un katrs redzētu tikai savu darbu.",
                "So that editors can sign in and each sees their own work only.",
            ),
            "accounts",
        ),
        record(
            (
                "Redaktora sesija: konts, pārlūks un sistēma, tīkla adrese, laiks",
                "Session of an editor: account, browser and system, network address, time",
            ),
            (
                "Datubāzē un sīkdatnē redaktora pārlūkā",
                "In the database and in a cookie in the editor’s browser",
            ),
            (
                "Lai nebūtu jāpiesakās katrā lapā un būtu redzams, kur konts ir atvērts.",
                "So that nobody signs in on every page, and each sees where the account is open.",
            ),
            "session",
        ),
        record(
            ("Redaktoru pieteikšanās žurnāls", "Log of editors’ sign-ins"),
            DATABASE,
            (
                "Lai atklātu un izmeklētu svešu piekļuvi. Ieraksta laiku un tīkla adresi.",
                "To find and look into others’ access. Time and network address are written down.",
            ),
            "sign-ins",
        ),
        record(
            (
                "Pieteikšanās mēģinājuma vārda un adreses nospiedums",
                "Print of the name and address of an attempt to sign in",
            ),
            DATABASE,
            (
                "Lai neļautu minēt paroles. No nospieduma ne vārdu, ne adresi nevar nolasīt.",
                "To stop the guessing of passwords. Neither can be read from the print.",
            ),
            "attempts",
        ),
        record(
            ("Redaktora otrais faktors", "An editor’s second factor"),
            (
                "Datubāzē, šifrētā veidā",
                "In the database, encrypted",
            ),
            (
                "Lai ar svešās rokās nonākušu paroli vien nevarētu pieteikties.",
                "So that a password in wrong hands is not enough to sign in.",
            ),
            "second-factors",
        ),
        record(
            (
                "Kura redaktora pārlūkā lapa ir atvērta labošanai",
                "Which editor has a page open for editing",
            ),
            DATABASE,
            (
                "Lai divi redaktori nepārrakstītu viens otra darbu.",
                "So that two editors do not overwrite each other’s work.",
            ),
            "presence",
        ),
        record(
            (
                "Vēsture: kurš, kad un ko vietnē darīja",
                "History: who did what on the site, and when",
            ),
            DATABASE,
            (
                "Lai kļūdas varētu atrast un labot.",
                "So that mistakes can be found and corrected.",
            ),
            "history",
        ),
        record(
            (
                "Kurš lapu, attēlu vai tulkojumu sagatavojis, labojis vai apstiprinājis",
                "Who prepared, edited or approved a page, image or translation",
            ),
            DATABASE,
            (
                "Lai būtu zināms, kurš par saturu atbild.",
                "So that it is known who answers for the content.",
            ),
            "authorship",
        ),
        record(
            ("Tulkotāju augšupielādētās PO datnes", "PO files uploaded by translators"),
            DATABASE,
            (
                "Lai tulkojumus varētu pārbaudīt, pirms tos pieņem.",
                "So that translations can be checked before they are taken over.",
            ),
            "po_uploads",
        ),
        record(
            (
                "E-pasta adreses, uz kurām sūta veidlapas",
                "E-mail addresses to which forms are sent",
            ),
            DATABASE,
            (
                "Lai pieteikumi un ziņojumi nonāktu pie atbildīgajiem.",
                "So that applications and reports reach those responsible.",
            ),
            "addresses",
        ),
    ],
    body=body(
        h("Video ieraksti", "Video recordings"),
        p(
            "Sanāksmju ieraksti glabājas vietnē YouTube. Kamēr ieraksts nav atļauts, tiek rādīts "
            "tikai šajā vietnē glabāts attēls. Kad apmeklētājs izvēlas „Atskaņot vienreiz“ vai "
            "„Vienmēr atļaut“, pārlūks savienojas ar youtube-nocookie.com, un Google uzzina "
            "apmeklētāja IP adresi.",
            "Recordings of meetings are kept on YouTube. Until a recording is allowed only a "
            "picture of our own is shown. When a visitor chooses “Play once” or “Always allow”, "
            "the browser connects to youtube-nocookie.com, and Google learns the visitor’s IP "
            "address.",
        ),
        h("Sīkdatnes", "Cookies"),
        p(
            "Sīkdatnes lieto tikai redaktori, kuri pieteikušies satura pārvaldības sistēmā: tās "
            "glabā sesiju un aizsargā veidlapas. Apmeklētāju veidlapas sīkdatnes neizmanto.",
            "Only editors who sign in to the content management system use cookies: they keep the "
            "session and protect forms. The forms of visitors use none.",
        ),
        h("Servera žurnāli un rezerves kopijas", "Server logs and backups"),
        p(
            "Vietnes programma pieraksta katra pieprasījuma laiku, lapas adresi, atbildes kodu un "
            "ilgumu, lai atrastu kļūdas. IP adresi, pārlūku un meklētos vārdus tā nepieraksta. To, "
            "ko pieraksta pats serveris un cik ilgi glabājas žurnāli un rezerves kopijas, nosaka "
            "servera uzturētājs; pirms publicēšanas šeit jāieraksta viņa noteikumi.",
            "The software of the site records the time of each request, the address of the page, "
            "the status and the duration, so that errors are found. It does not record IP "
            "addresses, browsers or search words. What the server itself records, and how long "
            "logs and backups are kept, is decided by whoever runs the server; their rules must be "
            "entered here before publication.",
        ),
        h("Tiesības", "Rights"),
        p(
            "Ikviens var lūgt savus datus parādīt, labot vai dzēst, rakstot uz lapā „Kontakti“ "
            "norādītajām adresēm. Sūdzību var iesniegt Datu valsts inspekcijā (dvi.gov.lv).",
            "Everybody may ask for their data to be shown, corrected or deleted by writing to the "
            "addresses on the page “Contacts”. Complaints can be made to the Data State "
            "Inspectorate (dvi.gov.lv).",
        ),
    ),
)
