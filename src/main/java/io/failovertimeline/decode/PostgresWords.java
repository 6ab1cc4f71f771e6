package io.failovertimeline.decode;

import java.util.HashMap;
import java.util.Map;
import java.util.Optional;

/**
 * PostgreSQL's severities, and the headings of lines that belong to one, in the languages that {@code lc_messages} may name: Czech to
 * Chinese, as PostgreSQL's own translations have them. Of headings in several words the last one is here.
 */
final class PostgresWords {

    private static final Map<String, String> TRANSLATED = new HashMap<>();

    private static final Map<String, String> ENGLISH = new HashMap<>();

    static {
        english("DEBUG", "DEPURAÇÃO", "НАЛАГОДЖЕННЯ", "ОТЛАДКА", "გამართვა", "调试", "除錯", "디버그");
        english("LOG", "DZIENNIK", "LOGG", "ЗАПИСУВАННЯ", "СООБЩЕНИЕ", "ჟურნალი", "日志", "日誌", "로그");
        english("INFO", "BİLGİ", "INFORMACJA", "ІНФОРМАЦІЯ", "ИНФОРМАЦИЯ", "ინფორმაცია", "信息", "資訊", "정보");
        english(
                "NOTICE",
                "HINWEIS",
                "NOT",
                "NOTA",
                "NOTIFICA",
                "NOTIS",
                "UWAGA",
                "ЗАМЕЧАНИЕ",
                "ПОВІДОМЛЕННЯ",
                "注意",
                "알림");
        english(
                "WARNING",
                "ATTENTION",
                "ATTENZIONE",
                "AVISO",
                "OSTRZEŻENIE",
                "UYARI",
                "VARNING",
                "WARNUNG",
                "ПОПЕРЕДЖЕННЯ",
                "ПРЕДУПРЕЖДЕНИЕ",
                "გაფრთხილება",
                "警告",
                "경고");
        english(
                "ERROR", "BŁĄD", "ERREUR", "ERRO", "ERRORE", "FEHLER", "FEL", "HATA", "ОШИБКА", "ПОМИЛКА", "შეცდომა",
                "錯誤", "错误", "오류");
        english(
                "FATAL",
                "FATALE",
                "FATALT",
                "KATASTROFALNY",
                "ÖLÜMCÜL",
                "ВАЖНО",
                "ФАТАЛЬНО",
                "ფატალური",
                "致命錯誤",
                "致命错误",
                "치명적오류");
        english(
                "PANIC",
                "KRİTİK",
                "PANICO",
                "PANIK",
                "PANIKA",
                "PÂNICO",
                "ПАНІКА",
                "ПАНИКА",
                "პანიკა",
                "嚴重錯誤",
                "灾难性错误",
                "손상",
                "比致命错误还过分的错误");
        english(
                "DETAIL",
                "AYRINTI",
                "DETALHE",
                "DETALJ",
                "DETALLE",
                "DETTAGLI",
                "DÉTAIL",
                "SZCZEGÓŁY",
                "ВІДОМОСТІ",
                "ПОДРОБНОСТИ",
                "დეტალები",
                "詳情",
                "詳細",
                "详情",
                "상세정보",
                "详细信息");
        english(
                "HINT",
                "ASTUCE",
                "DICA",
                "PODPOWIEDŹ",
                "SUGGERIMENTO",
                "TIPP",
                "TIPS",
                "İPUCU",
                "ПОДСКАЗКА",
                "УКАЗІВКА",
                "მინიშნება",
                "ヒント",
                "提示",
                "힌트");
        english(
                "QUERY",
                "ANFRAGE",
                "CONSULTA",
                "FRÅGA",
                "REQUÊTE",
                "SORGU",
                "ZAPYTANIE",
                "ЗАПИТ",
                "ЗАПРОС",
                "მოთხოვნა",
                "問い合わせ",
                "查詢",
                "查询",
                "쿼리");
        english(
                "CONTEXT",
                "BAĞLAM",
                "CONTESTO",
                "CONTEXTE",
                "CONTEXTO",
                "KONTEKST",
                "KONTEXT",
                "ZUSAMMENHANG",
                "КОНТЕКСТ",
                "კონტექსტი",
                "上下文",
                "文脈",
                "내용");
        english(
                "STATEMENT",
                "ANWEISUNG",
                "COMANDO",
                "INSTRUCTION",
                "ISTRUZIONE",
                "KOMUT",
                "SATS",
                "SENTENCIA",
                "WYRAŻENIE",
                "ІНСТРУКЦІЯ",
                "ОПЕРАТОР",
                "ოპერატორი",
                "文",
                "语句",
                "陳述式",
                "구문");
        english(
                "LOCATION",
                "EMPLACEMENT",
                "LOCAL",
                "ORT",
                "PLATS",
                "POSIZIONE",
                "POZYCJA",
                "UBICACIÓN",
                "YER",
                "ПОЛОЖЕНИЕ",
                "РОЗТАШУВАННЯ",
                "მდებარეობა",
                "位置",
                "場所",
                "위치");
        english("BACKTRACE", "APPEL", "ВІДСТЕЖУВАТИ", "СТЕК", "სტეკი", "バックトレース", "回溯", "역추적");
        for (int level = 1; level <= 5; level++) {
            ENGLISH.put("DEBUG" + level, "DEBUG" + level);
        }
    }

    private PostgresWords() {}

    /** {@code word} as PostgreSQL says it in English; empty if it is no severity and no heading. */
    static Optional<String> inEnglish(String word) {
        String english = ENGLISH.getOrDefault(word, TRANSLATED.get(word));
        return Optional.ofNullable(english);
    }

    /** Whether {@code word}, a severity or a heading, is English. */
    static boolean isEnglish(String word) {
        return ENGLISH.containsKey(word);
    }

    private static void english(String english, String... translations) {
        ENGLISH.put(english, english);
        for (String word : translations) {
            TRANSLATED.put(word, english);
        }
    }
}
