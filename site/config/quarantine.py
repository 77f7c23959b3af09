"""The lists of WORDPRESS_QUARANTINE: what advertises, what WordPress brings along, who is known.

Upper and lower case and diacritics make no difference in words and phrases.
"""

TYPES_OF_WORDPRESS = (
    *("revision", "nav_menu_item", "custom_css", "customize_changeset", "oembed_cache"),
    *("user_request", "wp_block", "wp_template", "wp_template_part", "wp_global_styles"),
    *("wp_navigation", "acf-field", "acf-field-group", "wpcf7_contact_form"),
)

LISTS = {
    # Hosts with all that is below them: "lv" stands for every host in .lv.
    "known_hosts": """
    lv europa.eu coe.int un.org oecd.org nordicbaltic.org ccre.org cemr.eu eurocities.eu
    gov.uk gov.pl gov.lt lrv.lt lsa.lt ell.ee elvl.ee ks.no kl.dk skr.se skl.se kuntaliitto.fi
    vng.nl zmp.poznan.pl zmp.org.pl eeagrants.org norwaygrants.org norden.org cbss.org
    youtube.com youtu.be vimeo.com facebook.com twitter.com x.com linkedin.com instagram.com
    flickr.com draugiem.lv slideshare.net issuu.com google.com goo.gl docs.google.com
    microsoft.com office.com dropbox.com zoom.us webex.com eventbrite.com bit.ly ej.uz
    failiem.lv surveymonkey.com mentimeter.com wikipedia.org creativecommons.org
    """,
    "spam_hosts": "",  # those that an import met: "example.com example.net"
    # What the names of such hosts hold.
    "spam_host_parts": (
        *("casino", "kasino", "kazino", "viagra", "cialis", "payday", "replica-", "pharmacy"),
        *("-pills", "pillsonline", "essaywrit", "writemyessay", "backlink", "seo-", "escort"),
        *("slotgacor", "judi", "togel", "bahis", "porn", "xxx", "sexcam", "wordpress-theme"),
        *("wpthemes", "wp-themes", "freethemes", "premiumthemes"),
    ),
    # In the names of links and in short lines; in other languages than ours in texts, too.
    "spam_words": (
        # Footers of themes
        *("web design", "website design", "web development", "website development"),
        *("premium wordpress themes", "wordpress themes", "free wordpress themes", "wp themes"),
        *("wordpress theme", "wordpress templates", "joomla templates", "web hosting"),
        *("cheap hosting", "best hosting", "domain hosting", "web designer", "logo design"),
        *("создание сайтов", "разработка сайтов", "продвижение сайтов", "раскрутка сайтов"),
        *("шаблоны wordpress", "бесплатные шаблоны", "темы wordpress", "хостинг сайтов"),
        *("nulled themes", "nulled scripts", "hosting reviews", "seo expert"),
        # Being found
        *("seo", "seo services", "seo company", "seo agency", "search engine optimization"),
        *("link building", "buy backlinks", "backlinks", "guest post", "guest posting"),
        # Medicine
        *("viagra", "cialis", "levitra", "xanax", "tramadol", "valium", "phentermine", "ambien"),
        *("sildenafil", "tadalafil", "kamagra", "propecia", "online pharmacy", "canadian pharmacy"),
        *("discount pills", "generic pills", "diet pills", "weight loss", "garcinia cambogia"),
        *("male enhancement", "cbd oil", "without prescription", "no prescription"),
        # Games of chance
        *("casino", "casinos", "online casino", "poker", "roulette", "blackjack", "slot machine"),
        *("slots", "free spins", "sports betting", "betting", "bookmaker", "gambling", "jackpot"),
        *("казино", "ставки на спорт", "игровые автоматы", "букмекер", "слоты"),
        *("slot gacor", "judi", "togel", "bahis", "casino siteleri"),
        # Money
        *("payday loan", "payday loans", "cash advance", "bad credit", "no credit check"),
        *("installment loans", "forex", "binary options", "crypto trading", "bitcoin trading"),
        *("trading robot", "passive income", "make money online", "earn money online"),
        *("work from home", "займ", "займы", "микрозайм", "кредит онлайн", "быстрые деньги"),
        # Papers and goods
        *("essay", "essays", "write my essay", "essay writing", "essay writer", "buy essay"),
        *("term paper", "term papers", "custom papers", "dissertation help", "coursework help"),
        *("homework help", "replica watches", "replica", "rolex", "louis vuitton", "gucci"),
        *("michael kors", "ray ban", "ugg boots", "nike air", "jordan shoes", "moncler"),
        *("handbags", "outlet store", "cheap jerseys", "nfl jerseys", "купить диплом", "дипломы"),
        # The rest
        *("dating", "dating site", "russian brides", "escort", "escorts", "porn", "xxx", "sex"),
        *("webcam girls", "проститутки", "эскорт", "виагра", "знакомства для секса"),
        *("ātrie kredīti", "ātrais kredīts", "kredīts bez ķīlas", "kredīti internetā"),
        *("tiešsaistes kazino", "kazino bonusi", "sporta likmes", "potenzmittel", "chwilówki"),
        *("vpn deals", "car insurance quotes", "cheap flights", "limousine service"),
    ),
    # These count beside them only.
    "ambiguous_words": (
        *("cheap", "buy now", "order now", "click here", "free shipping", "discount", "best price"),
        *("sign up now", "limited offer", "welcome bonus", "bonus", "apply now", "bitcoin"),
        *("crypto", "loan", "loans", "pharmacy", "pills", "prescription", "money back"),
        *("guaranteed", "guarantee", "lowest price", "first page of google", "write my paper"),
        *("купить", "недорого", "бонус", "играть на деньги", "скидка", "заказать", "доставка"),
    ),
    # Stems of local government in several languages: texts with them are for us.
    "home_stems": (
        *("latvi", "lettland", "lettisch", "lotw", "lotew", "riga", "ryga", "riia", "baltic"),
        *("municipal", "local govern", "local author", "local democra", "mayor", "council"),
        *("programme", "seminar", "conferenc", "workshop", "govern", "citizen"),
        *("countries",),
        *(
            "region",
            "universit",
            "comun",
            "association",
            "town",
            "twinning",
            "europe",
            "commission",
            "parliament",
            "kommun",
            "gemeinde",
        ),
        *("rathaus", "gmin", "samorz", "savivald", "omavalits", "vald", "kunta", "kuntaliit"),
        *("commune", "collectivit", "pasvaldib", "novad", "lps", "lalrg", "vilni", "tallin"),
        *("латви", "латыш", "рига", "риге", "самоуправл", "муниципал", "област", "район"),
        *("городск", "мэр", "совет", "європ", "громад", "місцев"),
    ),
    # What WordPress, its packages of languages and its themes publish by themselves.
    "default_texts": (
        *("Hello world!", "Sample page", "Sveika, pasaule!", "Sveiki, pasaule!"),
        *("Sveika pasaule!", "Parauga lapa", "Lapas paraugs", "Piemēra lapa", "Привет, мир!"),
        "Welcome to WordPress. This is your first post.",
        "This is an example of a WordPress page, you could edit this",
        "This is an example page. It's different from a blog post",
        "This is an example page. It’s different from a blog post",
        "Hi there! I'm a bike messenger by day",
        "Laipni lūdzam WordPress. Šis ir",
        "Laipni lūgti WordPress. Šis ir",
        "Esiet sveicināti WordPress. Šis ir",
        "Sveicināti WordPress! Šis ir",
        "Šis ir jūsu pirmais raksts",
        "Šis ir tavs pirmais raksts",
        "Šis ir jūsu pirmais ieraksts",
        "Šī ir parauga lapa",
        "Šis ir lapas piemērs",
        "Šī ir piemēra lapa. Tā atšķiras no emuāra",
        # Of the builders of pages
        "Click edit button to change this text",
        "Your content goes here",
        "Add your text here",
        "Šeit būs teksts",
        "Ievadiet tekstu šeit",
        "Добро пожаловать в WordPress. Это ваша первая запись",
        "Suggested text: Our website address is",
        "Ieteicamais teksts: Mūsu vietnes adrese ir",
    ),
    "test_words": """
        test tests testa testu testi testē testējam testēju testēšana testing tested testpost
        proba probe prova pārbaude pārbaudes pārbaudu izmēģinājums izmēģinājuma mēģinājums
        mēģinu mēģinām paraugs piemērs dummy demo foo bar bla blah čau hello hallo labdien
        virsraksts teksts tekstiņš title text untitled тест проверка проба
    """,
    # What stands around them: "Šī ir testa ziņa. Lūdzu, dzēst."
    "words_beside_test": """
        šis šī ir tikai viens vēl jauns jauna jauno ziņa ziņas ziņu raksts raksta rakstu ieraksts
        ieraksta te es strādā lapa lapas lapu vietne vietnes bilde attēls attēla sadaļa lūdzu
        dzēst dzēsiet izdzēst neaiztikt nepublicēt ignorēt vai strādā kā šeit par un no te būs 1 2 3
        this is a an just only one another new news post page article entry site image please
        delete ignore do not publish does it work here for the of to me my
        это просто новость запись страница удалить
    """,
    "filler_words": """
        lorem ipsum dolor sit amet consectetur consectetuer adipiscing elit sed do eiusmod tempor
        incididunt ut labore et dolore magna aliqua enim minim veniam quis nostrud exercitation
        ullamco laboris nisi aliquip ex ea commodo consequat duis aute irure in reprehenderit
        voluptate velit esse cillum eu fugiat nulla pariatur excepteur sint occaecat cupidatat non
        proident sunt culpa qui officia deserunt mollit anim id est laborum integer nec odio
        praesent libero cursus ante dapibus diam vestibulum vivamus pellentesque habitant morbi
        tristique senectus netus malesuada fames ac turpis egestas mauris vitae ultricies leo
        quisque suspendisse maecenas curabitur phasellus donec aenean fusce nullam proin
    """,
}
