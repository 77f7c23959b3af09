"""Which language a text is in, by its little words; and texts in a wrong encoding made readable.

The lists are written for this purpose: the twenty or so most usual words that are not those of
several languages at once. Latin ones are folded as ``fold`` does.
"""

import re
import unicodedata
from collections import Counter

import ftfy

STOP_WORDS = {
    "lv": "un ir no uz par ar ka kas ko lai gan jau vai arī pie pēc es tu te man mani tev jā nē "
    "nu vēl bet tiek tika būs bija šo šis šī tas tā to kā kur kad viņš savu mūsu jūsu līdz pret "
    "pirms starp caur kopā kopš gada gadā tiks notiks nav var visi visu kuru kura kuras kuri kurā "
    "šajā tajā piedalīties lūdzam aicinām",
    "en": "the of and to in for is on that with was by are as at from this be will it an has have "
    "not or which their they we our you your its were been can all more who about would but",
    "ru": "и в на не что с по для как это от за из к о до при или он она они мы вы их его был была "
    "будет были также уже все так но у же чтобы который которые вас нас просим",
    "lt": "ir yra kad į iš su kaip apie bus buvo tai bei arba taip pat nuo iki dėl prie per savo "
    "mūsų jūsų ši šis kurie kuri kuris gali tik",
    "et": "ja on ei et see mis kui ning oma ka aga või selle kes seda olema oli meie teie kuid "
    "mille nende eest juba koos ole",
    "de": "der die das und ist von mit zu den für auf im des dem ein eine nicht sich auch als bei "
    "wird sind werden wir sie ihre einen einer zum zur am bis oder",
    "pl": "i w na z do nie się jest to że dla jak od przez oraz po są przy być został był była lub "
    "które który która tym tego o za jego ich pod",
    "no": "og i er det som til på for med av en et den at har ikke de vi fra skal kan om blir men "
    "var eller sin dette",
    "sv": "och att det som på är för av med den till inte har om ett vi från kan var eller ska sin "
    "detta men",
    "fi": "ja on ei että se mutta myös kun ovat tai hän oli joka niin kuin sekä ole tämä mukaan",
    "fr": "le la les des est une pour dans que qui sur pas par avec nous vous aux ce cette sont "
    "du au ou",
    "uk": "і в на не що з до та для як це від за про або але є ми ви їх його був була буде",
    "tr": "ve bir bu için ile çok daha olarak gibi olan en siteleri olan ya sonra hemen kadar her",
    "id": "dan yang di untuk dengan dari ini itu pada adalah atau tidak akan anda dapat bisa situs "
    "sekarang setiap",
    "es": "el los las que una por con para del como más pero su lo",
    "pt": "os as que em um uma por com para é mais mas seu ao",
    "it": "gli di che una con è del della dei nel come più sono alla",
    "vi": "và là của có cho không được các một những với này trong đã để người khi từ nhà cái",
    "ro": "și cu pentru este din care mai sau sunt fi prin după",
}
LATIN = str.maketrans("øłđðþßæœıŋ", "oldszsaoin")
OF_LATIN = re.compile(f"[{''.join(map(chr, LATIN))}]")
LATVIAN = list(zip("āčēģīķļņšūž", "acegiklnsuz", strict=True))
MARKS = re.compile("[\u0300-\u036f]+")
OTHER_SCRIPTS = re.compile(r"[^\W\d_\u0000-\u052f\u1e00-\u1fff]")
WORD = re.compile(r"[^\W\d_]+")
ADDRESS = re.compile(
    r"(?:https?://|www\.)\S+|\b[\w.+-]{1,64}@[\w.-]{1,255}|"
    r"\b\w{1,200}\.(?:docx?|xlsx?|pptx?|pdf|jpe?g)\b"
)
MARK_OF_ADDRESS = re.compile(r"://|www\.|@|\.(?:doc|xls|ppt|pdf|jpe?g)")  # in each of them
# UTF-8 read as a code page of Windows: a letter of ours is "Ä" or "Å" and one of these.
TWICE_ENCODED = re.compile(
    "[ÃÄÅĀĆĹĻ][\x80-\xbf€‚„…†‡ˆ‰Š‹ŒŽ‘’“”•–—˜™š›œžŸ¡¢£¤¥¦§¨©ª«¬®¯°±²³´µ¶·¸¹º»¼½¾¿]"
)
# Windows-1257 read as Windows-1252; these two letters tell, for no language of ours has them.
BALTIC_AS_WESTERN = re.compile("[ðþÐÞ]")
CYRILLIC_IN_LATIN = re.compile("[a-zA-Z][а-яА-Я]+[a-z]|[а-я][a-z]+[а-я]")


def fold(text: str) -> str:
    """Return the text in small letters without diacritics."""
    text = text.lower()
    if not text.isascii():
        for letter, plain in LATVIAN:  # most of it goes faster so
            text = text.replace(letter, plain)
    if text.isascii():
        return text
    text = MARKS.sub("", unicodedata.normalize("NFKD", text))
    return text.translate(LATIN) if OF_LATIN.search(text) else text  # which takes its time


FOLDED = {code: frozenset(fold(words).split()) for code, words in STOP_WORDS.items()}
LANGUAGES_OF = {
    word: tuple(code for code, words in FOLDED.items() if word in words)
    for word in frozenset().union(*FOLDED.values())
}


def repaired(text: str) -> str:
    """Return the text as it was before it was decoded with a wrong code page, if it was."""
    if TWICE_ENCODED.search(text):
        text = "\n".join(map(ftfy.fix_encoding, text.split("\n")))
    if BALTIC_AS_WESTERN.search(text):
        return _decoded_anew(text, "cp1252")
    if CYRILLIC_IN_LATIN.search(text):
        return _decoded_anew(text, "cp1251")
    return text


def _decoded_anew(text, wrong):
    try:
        return text.encode(wrong).decode("cp1257")
    except UnicodeError:  # it has letters of ours besides: an Icelander's name, a typing error
        return text


def words_of(text: str) -> list[str]:
    """Return the folded words of a text, without addresses and file names."""
    if MARK_OF_ADDRESS.search(text):
        text = ADDRESS.sub(" ", text)
    return WORD.findall(fold(text))


def share_of_little_words(words: list[str]) -> dict[str, float]:
    """Return, by language, which share of the words are its little ones."""
    counts = Counter()
    for word, times in Counter(words).items():
        for code in LANGUAGES_OF.get(word, ()):
            counts[code] += times
    return {code: count / len(words) for code, count in counts.items()}


def share_of_letters(text: str, letters: str) -> float:
    """Return the share that some letters are of all letters of a text."""
    everything = sum(map(str.isalpha, text))
    return sum(map(text.lower().count, letters)) / (everything or 1)


def share_of_other_scripts(text: str) -> float:
    """Return the share of letters that are neither Latin nor Cyrillic (nor Greek)."""
    found = len(OTHER_SCRIPTS.findall(text))
    return found / sum(map(str.isalpha, text)) if found else 0.0
