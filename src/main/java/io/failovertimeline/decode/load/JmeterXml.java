package io.failovertimeline.decode.load;

import io.failovertimeline.decode.Decoded.Reason;
import io.failovertimeline.model.Origin;
import io.failovertimeline.model.RequestResult;
import java.io.StringReader;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.stream.IntStream;
import javax.xml.stream.XMLInputFactory;
import javax.xml.stream.XMLStreamConstants;
import javax.xml.stream.XMLStreamException;
import javax.xml.stream.XMLStreamReader;

/**
 * JMeter's results as XML (JTL), an element of a sample a record. Of nested samples the outermost counts, for it includes what it was
 * redirected to and what it embeds; a transaction's samples count by themselves.
 */
final class JmeterXml implements LoadDecoder {

    private static final byte[] ROOT = "testResults".getBytes(StandardCharsets.US_ASCII);
    private static final XMLInputFactory XML = secure();

    /** What an element calls what {@link JmeterSample#NAMES} names, in that order; it tells neither URL nor failed assertion. */
    private static final List<String> ATTRIBUTES = List.of("ts", "t", "lb", "", "rc", "rm", "s", "", "sc", "ec");

    private final Fields fields = new Fields();
    private final JmeterSample sample;

    JmeterXml(EndpointNames names) {
        sample = new JmeterSample(
                fields, names, IntStream.range(0, ATTRIBUTES.size()).toArray());
    }

    private static XMLInputFactory secure() {
        XMLInputFactory factory = XMLInputFactory.newDefaultFactory();
        factory.setProperty(XMLInputFactory.SUPPORT_DTD, false);
        factory.setProperty(XMLInputFactory.IS_SUPPORTING_EXTERNAL_ENTITIES, false);
        return factory;
    }

    /** Whether {@code record} is what such a file begins with, or one of its samples. */
    static boolean isRecord(RawLine record) {
        return record.startsWith('<')
                && (record.contains(ROOT)
                        || record.startsWith("<httpSample ".getBytes(StandardCharsets.US_ASCII))
                        || record.startsWith("<sample ".getBytes(StandardCharsets.US_ASCII)));
    }

    @Override
    public String format() {
        return "jmeter-xml";
    }

    @Override
    public Outcome decode(byte[] bytes, int from, int to, Origin origin) {
        RawLine record = new RawLine(bytes, from, to, origin);
        if (record.isBlank() || record.contains(ROOT)) {
            return RawLine.nothing();
        }
        Optional<String> text = record.text();
        if (text.isEmpty()) {
            return record.unreadable(Reason.NOT_UTF_8);
        }
        try {
            return read(text.get(), record);
        } catch (XMLStreamException broken) {
            return record.unreadable(Reason.BROKEN_XML);
        }
    }

    private Outcome read(String text, RawLine record) throws XMLStreamException {
        // A root of our own around it, for whatever stands between two samples.
        XMLStreamReader reader = XML.createXMLStreamReader(new StringReader("<r>" + text + "</r>"));
        List<RequestResult> requests = new ArrayList<>();
        try {
            int depth = 0;
            int covered = Integer.MAX_VALUE;
            while (reader.hasNext()) {
                int event = reader.next();
                if (event == XMLStreamConstants.START_ELEMENT) {
                    depth++;
                    if (depth < covered && isSample(reader)) {
                        take(reader);
                        if (!sample.isTransaction()) {
                            covered = depth;
                            Outcome outcome = sample.outcome(record, Reason.BROKEN_XML);
                            if (outcome instanceof Outcome.Unreadable) {
                                return outcome;
                            }
                            requests.addAll(outcome.requests());
                        }
                    }
                } else if (event == XMLStreamConstants.END_ELEMENT) {
                    covered = depth == covered ? Integer.MAX_VALUE : covered;
                    depth--;
                }
            }
        } finally {
            reader.close();
        }
        return requests.isEmpty() ? RawLine.nothing() : new Outcome.Result(requests);
    }

    private static boolean isSample(XMLStreamReader reader) {
        String name = reader.getLocalName();
        return name.equals("httpSample") || name.equals("sample");
    }

    /** In the order of {@link JmeterSample#NAMES}. */
    private void take(XMLStreamReader reader) {
        String[] texts =
                ATTRIBUTES.stream().map(name -> attribute(reader, name)).toArray(String[]::new);
        fields.texts(texts, new boolean[texts.length]);
    }

    private static String attribute(XMLStreamReader reader, String name) {
        String value = reader.getAttributeValue(null, name);
        return value == null ? "" : value;
    }
}
