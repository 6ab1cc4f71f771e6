package io.failovertimeline.publish;

import io.failovertimeline.gate.Check;
import io.failovertimeline.gate.GateResult;
import io.failovertimeline.gate.Verdict;
import java.io.StringWriter;
import java.util.stream.Collectors;
import javax.xml.stream.XMLOutputFactory;
import javax.xml.stream.XMLStreamException;
import javax.xml.stream.XMLStreamWriter;

/**
 * What became of expectations as the XML of JUnit's reports, which every CI server shows: an expectation is a test case; one that did not
 * hold has a {@code failure}, one that can't be told an {@code error}.
 */
public final class JunitXml {

    private JunitXml() {}

    /** The whole document. */
    public static String of(GateResult result) {
        StringWriter text = new StringWriter();
        try {
            XMLStreamWriter xml = XMLOutputFactory.newFactory().createXMLStreamWriter(text);
            xml.writeStartDocument("UTF-8", "1.0");
            line(xml, "");
            xml.writeStartElement("testsuite");
            attribute(xml, "name", result.name());
            attribute(xml, "tests", Integer.toString(result.checks().size()));
            attribute(xml, "failures", Long.toString(result.count(Verdict.FAIL)));
            attribute(xml, "errors", Long.toString(result.count(Verdict.UNKNOWN)));
            for (Check check : result.checks()) {
                line(xml, "  ");
                testcase(xml, check);
            }
            line(xml, "");
            xml.writeEndElement();
            line(xml, "");
            xml.flush();
        } catch (XMLStreamException cannotHappen) {
            throw new IllegalStateException(cannotHappen);
        }
        return text.toString();
    }

    private static void testcase(XMLStreamWriter xml, Check check) throws XMLStreamException {
        xml.writeStartElement("testcase");
        attribute(xml, "classname", check.subject());
        attribute(xml, "name", check.expected());
        if (check.verdict() == Verdict.PASS) {
            xml.writeStartElement("system-out");
            xml.writeCharacters(writable(check.found()));
            xml.writeEndElement();
        } else {
            xml.writeStartElement(check.verdict() == Verdict.FAIL ? "failure" : "error");
            attribute(xml, "message", check.found());
            xml.writeCharacters(writable(check.proof().stream()
                    .map(proof -> proof.origin() + "  " + proof.text())
                    .collect(Collectors.joining("\n"))));
            xml.writeEndElement();
        }
        xml.writeEndElement();
    }

    private static void attribute(XMLStreamWriter xml, String name, String value) throws XMLStreamException {
        xml.writeAttribute(name, writable(value));
    }

    private static void line(XMLStreamWriter xml, String indent) throws XMLStreamException {
        xml.writeCharacters("\n" + indent);
    }

    /** XML has no word for most control characters. */
    private static String writable(String text) {
        return text.codePoints()
                .map(character -> isWritable(character) ? character : 0xFFFD)
                .collect(StringBuilder::new, StringBuilder::appendCodePoint, StringBuilder::append)
                .toString();
    }

    private static boolean isWritable(int character) {
        return character == '\t'
                || character == '\n'
                || (character >= ' ' && character <= 0xD7FF)
                || (character >= 0xE000 && character <= 0xFFFD)
                || character >= 0x10000;
    }
}
