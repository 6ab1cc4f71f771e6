package io.failovertimeline.deliver;

import com.fasterxml.jackson.core.io.JsonStringEncoder;
import com.samskivert.mustache.Mustache;
import com.samskivert.mustache.Template;
import io.failovertimeline.alert.AlertRecord;
import io.failovertimeline.alert.Proof;
import io.failovertimeline.stream.JsonSerde;
import java.nio.charset.StandardCharsets;
import java.security.GeneralSecurityException;
import java.time.InstantSource;
import java.util.ArrayList;
import java.util.Collection;
import java.util.HashMap;
import java.util.HexFormat;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import javax.crypto.Mac;
import javax.crypto.spec.SecretKeySpec;

/**
 * Any server that takes a POST. The body is the record as JSON, or what a template makes of it; where there is a secret, the header
 * {@code X-Failover-Signature} is {@code sha256=} and the HMAC-SHA256, in hexadecimal digits, of the header {@code
 * X-Failover-Timestamp} (seconds since 1970), a dot and the body. {@code X-Failover-Delivery} is the same for the same change.
 */
final class WebhookChannel implements Channel {

    private final Receiver receiver;
    private final Http http;
    private final InstantSource clock;
    private final Optional<Template> template;

    WebhookChannel(Receiver receiver, Http http, InstantSource clock) {
        this.receiver = receiver;
        this.http = http;
        this.clock = clock;
        this.template = receiver.template().map(WebhookChannel::compiled);
    }

    /**
     * A template whose values are escaped as in a JSON string.
     *
     * @throws com.samskivert.mustache.MustacheException if it is none
     */
    static Template compiled(String text) {
        return Mustache.compiler()
                .withEscaper(
                        value -> String.valueOf(JsonStringEncoder.getInstance().quoteAsString(value)))
                .defaultValue("")
                .compile(text);
    }

    @Override
    public Reply tell(AlertRecord alert, Collection<AlertRecord> firing) throws InterruptedException {
        if (!receiver.isUrgentEnough(alert)) {
            return Reply.NOTHING_TO_DO;
        }
        String body = template.map(wording -> wording.execute(values(alert))).orElseGet(() -> json(alert));
        String timestamp = String.valueOf(clock.instant().getEpochSecond());
        Map<String, String> headers = new HashMap<>();
        headers.put("Content-Type", "application/json");
        headers.put("X-Failover-Delivery", alert.fingerprint() + "-" + alert.revision());
        headers.put("X-Failover-Timestamp", timestamp);
        receiver.secret()
                .ifPresent(secret ->
                        headers.put("X-Failover-Signature", "sha256=" + hmac(secret, timestamp + "." + body)));
        return http.send(new Message("POST", receiver.url(), headers, body));
    }

    private static String json(AlertRecord alert) {
        try (JsonSerde<AlertRecord> serde = new JsonSerde<>(AlertRecord.class)) {
            return new String(serde.serializer().serialize("failover-alerts", alert), StandardCharsets.UTF_8);
        }
    }

    private static Map<String, Object> values(AlertRecord alert) {
        Map<String, Object> values = new HashMap<>();
        values.put("fingerprint", alert.fingerprint());
        values.put("name", alert.name());
        values.put("status", alert.status().name());
        values.put("change", alert.change().name());
        values.put("revision", alert.revision());
        values.put("severity", alert.severity());
        values.put("cluster", alert.cluster());
        values.put("group", alert.group());
        values.put("incident", alert.incident().orElse(""));
        values.put("members", String.join(", ", alert.members()));
        values.put("startsAt", alert.startsAt());
        values.put("endsAt", alert.endsAt().map(Object::toString).orElse(""));
        values.put("summary", alert.summary());
        values.put("cause", alert.cause());
        values.put("phase", alert.phase().orElse(""));
        values.put("impact", alert.impact().orElse(""));
        values.put("link", alert.link().orElse(""));
        values.put("inhibitedBy", alert.inhibitedBy().orElse(""));
        List<Map<String, String>> proofs = new ArrayList<>();
        for (Proof proof : alert.proofs()) {
            Map<String, String> line = new HashMap<>();
            line.put("at", proof.at().toString());
            line.put("member", proof.member().orElse(""));
            line.put("text", proof.text());
            line.put("source", proof.source());
            proofs.add(line);
        }
        values.put("proofs", proofs);
        return values;
    }

    static String hmac(String secret, String text) {
        try {
            Mac mac = Mac.getInstance("HmacSHA256");
            mac.init(new SecretKeySpec(secret.getBytes(StandardCharsets.UTF_8), "HmacSHA256"));
            return HexFormat.of().formatHex(mac.doFinal(text.getBytes(StandardCharsets.UTF_8)));
        } catch (GeneralSecurityException impossible) {
            throw new IllegalStateException("every Java platform has HmacSHA256", impossible);
        }
    }
}
