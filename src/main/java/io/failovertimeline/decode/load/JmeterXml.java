package io.failovertimeline.decode.load;

import io.failovertimeline.decode.Decoded.Reason;
import io.failovertimeline.model.Origin;
import io.failovertimeline.model.RequestResult;
import java.io.StringReader;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
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

    private final EndpointNames names;

    JmeterXml(EndpointNames names) {
        this.names = names;
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
        List<JmeterSample> samples = new ArrayList<>();
        try {
            read(text.get(), samples);
        } catch (XMLStreamException broken) {
            return record.unreadable(Reason.BROKEN_XML);
        }
        return sum(samples, record);
    }

    private static void read(String record, List<JmeterSample> samples) throws XMLStreamException {
        // A root of our own around it, for whatever stands between two samples.
        XMLStreamReader reader = XML.createXMLStreamReader(new StringReader("<r>" + record + "</r>"));
        try {
            int depth = 0;
            int covered = Integer.MAX_VALUE;
            while (reader.hasNext()) {
                int event = reader.next();
                if (event == XMLStreamConstants.START_ELEMENT) {
                    depth++;
                    if (depth < covered && isSample(reader)) {
                        JmeterSample sample = sample(reader);
                        covered = sample.isTransaction() ? covered : depth;
                        samples.add(sample);
                    }
                } else if (event == XMLStreamConstants.END_ELEMENT) {
                    covered = depth == covered ? Integer.MAX_VALUE : covered;
                    depth--;
                }
            }
        } finally {
            reader.close();
        }
    }

    private static boolean isSample(XMLStreamReader reader) {
        String name = reader.getLocalName();
        return name.equals("httpSample") || name.equals("sample");
    }

    private static JmeterSample sample(XMLStreamReader reader) {
        return new JmeterSample(
                attribute(reader, "ts"),
                attribute(reader, "t"),
                attribute(reader, "lb"),
                "",
                attribute(reader, "rc"),
                attribute(reader, "rm"),
                attribute(reader, "s"),
                "",
                attribute(reader, "sc"),
                attribute(reader, "ec"));
    }

    private static String attribute(XMLStreamReader reader, String name) {
        String value = reader.getAttributeValue(null, name);
        return value == null ? "" : value;
    }

    private Outcome sum(List<JmeterSample> samples, RawLine record) {
        List<RequestResult> requests = new ArrayList<>();
        for (JmeterSample sample : samples) {
            if (!sample.isTransaction()) {
                Outcome outcome = sample.outcome(record, names, Reason.BROKEN_XML);
                boolean isUnreadable = outcome.match(
                        result -> {
                            requests.addAll(result.requests());
                            return false;
                        },
                        unreadable -> true,
                        () -> false);
                if (isUnreadable) {
                    return outcome;
                }
            }
        }
        return requests.isEmpty() ? RawLine.nothing() : new Outcome.Result(requests);
    }
}
