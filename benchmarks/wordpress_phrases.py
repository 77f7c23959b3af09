# ruff: noqa: SIM905 (pools read better than lists of quoted words)
"""What the made-up items of an old WordPress site are put together from: pools of phrases.

Many of the advertisers' words stand in no list of the site, on purpose. {…} are filled in by
``wordpress_corpus``; each text is put together anew, so that equal ones come about by labelled
intent alone.
"""

FIRST_NAMES = (
    "Andris Anna Guntis Ilze Jānis Kristīne Laila Māris Mudīte Normunds Olga Pēteris Raitis Sanita "
    "Sergejs Uldis Vija Zane Žanna Gundega Ivars Aigars Dzintra Elita Edvīns Hardijs Inesis Ligita"
).split()
SURNAMES = (
    "Ābols Bērziņš Celmiņa Čakšs Dundurs Ēķis Feldmane Grīnbergs Ģērmanis Hofmane Inķēns Jaunzeme "
    "Kalniņš Ķirsis Lapsa Ļaudams Muižnieks Ņikitins Ozoliņa Putniņš Rubenis Skujiņa Šķēle Tauriņš "
    "Ūdre Vītols Zirnis Žagars Przybylski Skjæveland Grzybowska Wojciechowski Szymański Schröder"
).split()
PLACES = (
    "Madonā Cēsīs Rēzeknē Kuldīgā Ventspilī Valmierā Dobelē Saldū Ludzā Ķekavā Jēkabpilī Talsos "
    "Bauskā Gulbenē Alūksnē Krāslavā Preiļos Limbažos Siguldā Tukumā Ogrē Jelgavā Balvos Aizputē"
).split()
MONTHS = (
    "janvārī februārī martā aprīlī maijā jūnijā jūlijā augustā septembrī oktobrī novembrī decembrī"
).split()
BODIES = (
    "Finanšu un ekonomikas komitejas|Izglītības un kultūras komitejas|LPS Valdes|LPS Domes|"
    "Reģionālās attīstības un sadarbības komitejas|Tehnisko problēmu komitejas|"
    "Veselības un sociālo jautājumu komitejas|Izpilddirektoru asociācijas|Piekrastes apvienības|"
    "Sociālo dienestu vadītāju apvienības|Lielo pilsētu asociācijas|Reģionu attīstības centru"
).split("|")
ABBREVIATIONS = (
    "VARAM LPS KS VRAA CFLA IZM LM FM TM SM VM EM ZM KM LLPA BJA RACA PVN IIN ERAF ESF KF ELFLA "
    "LAD VID VZD VSAA NVA SPKC NMPD VUGD VPVKAC KPFI VIF SPRK IUB PFIF NĪN MK VK LDDK LTRK CSP"
).split()
NOTICES = (
    "{body} sēde {day}. {month} nenotiks.|{body} sēde pārcelta uz {day}. {month} plkst. {hour}.00.|"
    "Biroja darba laiks {day}. {month}: no {hour}.00 līdz 13.00.|"
    "Tālrunis {phone} īslaicīgi nedarbojas, zvaniet {phone}.|"
    "Piedāvājumus iesniegt līdz {day}. {month}.|Tiekamies {place} {day}. {month}!|"
    "Sveicam {name} nozīmīgā jubilejā!|Izsakām līdzjūtību {name} tuviniekiem.|"
    "Mūžībā aizgājis {name}.|Konkursā uzvarējusi komanda, ko vadīja {name}.|"
    "Meklējam: projekta vadītājs, {place}, pieteikties līdz {day}. {month}.|"
    "Darba kārtība tiks papildināta, jautājiet {name}.|Ielūdzam uz izstādi {place}, ieeja brīva.|"
    "Pateicamies {name} par ieguldījumu!|{name} ievēlēta par vadītāju.|"
    "Lai balti Ziemassvētki visiem {place} un novadā, vēl {name}!"
).split("|")
TITLES = (
    "Par {body} sēdi|Paziņojums no {name}|Seminārs {place}|Apmācības {place}|Aktuāli {place}|"
    "{name} {place}|{body} jaunumi|Tikšanās {place} {day}. {month}|Vakance {place}"
).split("|")
AGENDA = (
    "Reģistrācija, kafija|Atklāšana, {name}|{name}, {place}|Pusdienas|Diskusija, vada {name}|"
    "Darbs grupās|{body} pārskats|Jautājumi un atbildes|Ekskursija {place}|Noslēgums|"
    "Pieredze {place}, {name}|Kopsavilkums, {name}"
).split("|")
KNOWN_LINKS = (
    "http://www.mk.gov.lv Ministru kabinets|http://www.varam.gov.lv VARAM|"
    "http://www.likumi.lv Likumi|http://ec.europa.eu European Commission|http://www.kl.dk KL|"
    "http://www.cor.europa.eu Committee of the Regions|http://www.lsa.lt Lietuva|"
    "http://www.coe.int Council of Europe|http://www.saeima.lv Saeima|http://www.kl.nl VNG|"
    "http://www.dstgb.de Deutscher Städte- und Gemeindebund|http://www.cities.example Cities|"
    "http://www.smartcity.example.org Smart City Expo|http://www.gemeindebund.example Gemeindebund"
).split("|")
ENGLISH = (
    "The delegation of Latvian municipalities visited {town} to learn how schools share transport.|"
    "Mayors of {n} towns signed a declaration on clean water in the Baltic Sea.|"
    "The partner search is open until {n} {emonth} for towns with fewer than {n}000 inhabitants.|"
    "Our association will host the next meeting of the network in {town}.|"
    "Local governments spend {n} per cent of their budgets on education, the study says.|"
    "Participants discussed waste management, heating and what citizens expect from a council.|"
    "Registration is free of charge, and the working language is English.|"
    "{name} spoke about reform and its cost for small municipalities.|"
    "A report on local democracy in Latvia was adopted in {town} by a large majority.|"
    "Travel costs of two persons from each municipality will be covered by the project.|"
    "The council of {town} has invited our members to take part in its summer school.|"
    "More information can be found on the site of the organisers, or by calling {phone}.|"
    "Norwegian experts from KS presented a way to compare services between municipalities.|"
    "In the afternoon the guests went to see the new library and a kindergarten in {town}."
).split("|")
TOWNS = "Güstrow Trondheim Vilnius Tartu Gdańsk Bergen Lublin Uppsala Turku Aarhus Brugge".split()
ENGLISH_MONTHS = "January March April May June September October November".split()
RUSSIAN = (
    "Уважаемые коллеги, приглашаем вас принять участие в семинаре {n} мая.|"
    "В рамках проекта самоуправления обменяются опытом по уборке дорог и освещению.|"
    "Делегация из Полоцка посетила Краславу и обсудила совместные планы на {n} лет.|"
    "Рабочие языки встречи русский и латышский, участие бесплатное.|"
    "По словам организаторов, это не последняя встреча приграничных районов.|"
    "Председатель думы поблагодарил гостей за поддержку и пожелал им успехов.|"
    "Заявки принимаются до {n} июня по телефону {phone}.|"
    "Также была подписана программа сотрудничества в области культуры и спорта.|"
    "Для жителей города это означает, что автобус будет ходить чаще."
).split("|")
NEIGHBOURS = {
    "lithuanian": (
        "Kviečiame kolegas dalyvauti seminare, kuris vyks {n} gegužės mūsų mieste.|"
        "Savivaldybės dalyvaus projekte kartu su Latvijos partneriais.|"
        "Tai yra proga susipažinti su nauja šilumos tiekimo patirtimi.|"
        "Registracija vyks iki {n} dienos, dalyvavimas nemokamas.|"
        "Apie tai bus kalbama ir kitame susitikime, kuris vyks po metų."
    ),
    "estonian": (
        "Läti ja Eesti omavalitsused kohtuvad taas {n} mail, et arutada koostööd.|"
        "Osavõtt on tasuta ja töökeel on inglise keel.|"
        "See on kolmas kohtumine, mille korraldab linnade liit koos partneritega.|"
        "Palume teatada osalemisest hiljemalt {n} aprilliks.|"
        "Meie eesmärk on, et ka väikesed vallad saaksid oma kogemust jagada."
    ),
    "german": (
        "Die Gemeinden laden ihre Partner aus Lettland zu einem Treffen in {town} ein.|"
        "Wir freuen uns auf den Austausch mit Ihnen und den Besuch der Schulen.|"
        "Die Anmeldung ist bis zum {n}. Mai möglich, die Teilnahme ist kostenlos.|"
        "Das Programm wird von der Stiftung und dem Land gefördert.|"
        "Im Rathaus sprechen wir über die Aufgaben der Kommunen nach der Reform."
    ),
    "norwegian": (
        "KS inviterer kommunene til et møte om kvalitet i tjenestene {n}. mai.|"
        "Deltakerne skal se hvordan skolen og biblioteket er bygget.|"
        "Det er ikke første gang at vi møter våre venner fra Latvia.|"
        "Påmelding kan sendes til kommunen, og det er gratis for alle.|"
        "Programmet har blitt laget av fylket med støtte fra departementet."
    ),
}
TOUCHY = (
    "Domē diskutē par kazino un spēļu zāļu slēgšanu {place}, jo azartspēles posta ģimenes.|"
    "Ātro kredītu reklāmas {place} vairs neizvietos, lēma {body} sēdē, un to atbalsta {name}.|"
    "{name}: bitcoin un citas kriptovalūtas amatpersonai jādeklarē tāpat kā akcijas.|"
    "Kursi {place}: SEO, web design un e-komercija mazajiem uzņēmējiem, māca {name}.|"
    "Covid-19 testi un tests skolā {place}: kā tos pasūtīt, skaidro {name} no centra.|"
    "Viltotas zāles internetā: {name} brīdina, ka viagra un diētas tabletes no spama ir bīstamas.|"
    "Loterija un pokera turnīrs {place} labdarībai, vāc ziedojumus {name} un biedrība."
).split("|")
GREETINGS = (
    "Lai gaišs Ziemassvētku prieks un mierīgs Jaunais gads katrā novadā un sētā!|"
    "Priecīgus Līgo svētkus un kuplu pēterzāli, vēl visa mūsu savienība!|"
    "Sveicam Latvijas dzimšanas dienā, un lai stipra ir katra mūsu pašvaldība!"
).split("|")

TESTS = (
    "test|Test|TEST|tests|Tests|testa ziņa|testa raksts|test post|testing|testing 123|tests 2|"
    "pārbaude|Pārbaude|proba|mēģinājums|izmēģinājums|bla bla bla|test test|Vēl viens tests|"
    "šis ir tests|this is a test|test page please ignore|jauns tests|testējam|тест|teksts teksts|"
    "virsraksts|Testa lapa|hello|blah blah"
).split("|")
DEFAULTS = [
    (
        "Hello world!",
        "Welcome to WordPress. This is your first post. Edit or delete it, then start",
    ),
    ("Hello world!", "<p>Welcome to WordPress. This is your first post. Edit or delete it!</p>"),
    ("Sveika, pasaule!", "Laipni lūdzam WordPress. Šis ir jūsu pirmais ieraksts. Labojiet vai "),
    ("Sveika pasaule", "Sveicināti WordPress! Šis ir tavs pirmais raksts. Dzēs to un sāc rakstīt!"),
    (
        "Sample Page",
        "This is an example page. It's different from a blog post because it will stay",
    ),
    ("Par mums", "Hi there! I'm a bike messenger by day, aspiring actor by night, and this is my "),
    ("Lapas paraugs", "Šis ir lapas piemērs. Tas atšķiras no emuāra raksta, jo paliek vienā vietā"),
    ("Privacy Policy", "Who we are. Suggested text: Our website address is: http://www.lps.lv."),
    ("Привет, мир!", "Добро пожаловать в WordPress. Это ваша первая запись. Отредактируйте или "),
]
LOREM = (
    "lorem ipsum dolor sit amet consectetur adipiscing elit sed do eiusmod tempor incididunt ut "
    "labore et dolore magna aliqua ut enim ad minim veniam quis nostrud exercitation ullamco "
    "laboris nisi ut aliquip ex ea commodo consequat vestibulum pharetra sagittis nunc rhoncus"
).split()

# Kinds of advertisements: names of links, then sentences around them.
ADVERTISEMENTS = {
    "pharma": (
        "buy viagra online|cheap cialis|canadian pharmacy|order ozempic|generic zithromax|kamagra|"
        "finasteride without rx|modafinil shop|tramadol 50mg|buy clomid",
        "Best prices on {a} with fast and discreet delivery to your door.|No prescription is "
        "needed when you order {a} from our licensed store.|Many men have found that {a} works.|"
        "Side effects are rare and the pills are made by trusted labs.|Ask about {a} today.",
    ),
    "casino": (
        "online casino|best slots|free spins no deposit|live roulette|poker bonus|sportsbook|"
        "mega jackpot|baccarat tips|crypto gambling|bingo sites",
        "You can win big with {a} and get your bonus right after sign up.|Thousands of players "
        "trust {a} for fair games and quick payouts.|Play {a} on your phone tonight.|"
        "New players get 200 free rounds.|Our guide ranks every {a} by odds.",
    ),
    "essay": (
        "write my essay|custom term papers|dissertation help|college paper writers|nursing papers|"
        "do my homework|essay writing service|case study writer|thesis editing|buy coursework",
        "Students who have no time can use {a} to get better grades.|Our writers hold degrees and "
        "deliver {a} before the deadline.|Plagiarism free work is what {a} means to us.|"
        "Get a discount on your first order.|You only pay for {a} when you are happy with it.",
    ),
    "loans": (
        "payday loans|cash advance today|no credit check loans|bad credit lenders|fast cash|"
        "installment loans online|debt relief|title loans near me|borrow money now",
        "Need money before the end of the month? Try {a} and get it in your account today.|"
        "With {a} there is no paperwork and approval takes minutes.|Apply for {a} now.|"
        "Rates depend on your state and history.|Even with bad score {a} is for you.",
    ),
    "goods": (
        "replica watches|cheap jerseys|louis vuitton outlet|ray ban sale|michael kors bags|"
        "discount sneakers|designer handbags|nfl jerseys wholesale|pandora charms|vape kits",
        "We sell {a} at the lowest price with free shipping worldwide.|Every one of our {a} comes "
        "in a box and with a card.|The sale of {a} ends this week.|"
        "Compare and you will see that nobody is cheaper.|Order {a} and pay by card.",
    ),
    "seo": (
        "seo services|buy backlinks|guest posting service|link building|rank tracker|web design|"
        "instagram followers|mobile app development|traffic bot|explainer videos",
        "Your site can be on the first page of Google with {a} from our team.|We looked at your "
        "site and found that {a} would bring more visitors.|Ask for a quote on {a}.|"
        "Our clients grow their sales every month.|With {a} you will be ahead of the others.",
    ),
    "guest": (  # harmless words, an unknown site: what is sold as a "guest post"
        "best plumber in Dallas|patio furniture ideas|dog training tips|yoga retreat|used cars|"
        "roof repair|wedding photographer|mattress reviews|garden sheds|dental implants",
        "If you are thinking about {a} there are a few things that you should know.|Most people "
        "do not plan ahead, and that is where {a} can help.|We have made a list of the best.|"
        "Read on to find out how {a} will save you time and money.|It is easier than you think.",
    ),
}
FOOTERS = (
    "Web Design Mymensingh|Premium WordPress Themes|Web Development|Free WP Themes|Web Hosting|"
    "Logo Design|SEO Company|Website Templates|Forex Broker|Online Casino|VPN Deals|Cheap Hosting|"
    "Joomla Templates|Dating Site|Payday Loans|Car Insurance Quotes|Blogger Templates|Credit Repair"
).split("|")
UNKNOWN_FOOTERS = (
    "Dallas Plumber|Kitchen Ideas|Mattress Guide|Best Drones|Roof Repair|Yoga Mats|Used Trucks|"
    "Dental Clinic|Vacuum Reviews|Moving Company|Pest Control|Garden Sheds|Tax Advisor"
).split("|")
RUSSIAN_SPAM = (
    "Купить диплом недорого с доставкой по всей России и занесением в реестр.|"
    "Лучшее онлайн казино с бонусом за регистрацию, играть на деньги и выводить быстро.|"
    "Займ на карту без отказа и проверок, быстрые деньги за пять минут онлайн.|"
    "Ставки на спорт и букмекер с высоким коэффициентом, получи бонус сегодня.|"
    "Виагра и дженерики недорого, анонимная доставка и скидка на второй заказ."
).split("|")
OTHER_LANGUAGES = {
    "chinese": "名牌手袋|网上购物|最优惠的价格|点击这里|欢迎光临|真人娱乐|时时彩|免费注册|体育投注",
    "japanese": "ブランド時計|激安通販|送料無料|人気ランキング|公式サイト|財布|今すぐクリック",
    "arabic": "شراء متابعين|أفضل الأسعار|شحن مجاني|اضغط هنا|كازينو على الإنترنت|ساعات تقليد",
    "turkish": "canlı bahis için güvenilir siteleri tercih edin|bu siteler çok para kazandırır|"
    "en iyi bonus veren siteler ve üyelik|her gün yeni oyun ile daha çok eğlence|hemen üye olun",
    "indonesian": "daftar sekarang dan dapatkan bonus untuk member baru|situs ini adalah yang "
    "terpercaya dengan deposit mudah|anda dapat bermain setiap hari di sini|tidak ada potongan",
    "vietnamese": "nhà cái uy tín cho người chơi|đăng ký và nhận thưởng không giới hạn|"
    "các trò chơi của chúng tôi là tốt nhất|một trong những trang được yêu thích",
}
