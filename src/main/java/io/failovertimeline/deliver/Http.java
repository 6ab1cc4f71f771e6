package io.failovertimeline.deliver;

import java.io.ByteArrayInputStream;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.net.http.HttpClient;
import java.net.http.HttpHeaders;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.nio.ByteBuffer;
import java.nio.charset.StandardCharsets;
import java.security.GeneralSecurityException;
import java.security.KeyStore;
import java.security.cert.Certificate;
import java.security.cert.CertificateFactory;
import java.time.Duration;
import java.time.Instant;
import java.time.format.DateTimeFormatter;
import java.time.format.DateTimeParseException;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionException;
import java.util.concurrent.CompletionStage;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.Flow;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.TimeoutException;
import java.util.function.Consumer;
import javax.net.ssl.SSLContext;
import javax.net.ssl.TrustManagerFactory;
import org.jspecify.annotations.Nullable;

/** Sends requests to one receiver: with a bound on time and on what is kept of the answer. */
final class Http {

    private static final Duration PATIENCE = Duration.ofSeconds(10);

    /** The body alone may take so long; what has not come by then is done without. */
    private static final Duration PATIENCE_WITH_BODY = Duration.ofSeconds(5);

    private static final int LONGEST_ANSWER = 16 * 1024;
    private static final Duration LONGEST_PAUSE = Duration.ofMinutes(5);

    private final HttpClient client;
    private final Optional<String> bearer;

    /**
     * A client for {@code receiver}.
     *
     * @throws IllegalArgumentException if its certificates are none
     */
    Http(Receiver receiver) {
        HttpClient.Builder builder =
                HttpClient.newBuilder().connectTimeout(PATIENCE).followRedirects(HttpClient.Redirect.NEVER);
        receiver.ca().ifPresent(pem -> builder.sslContext(trusting(pem)));
        client = builder.build();
        bearer = receiver.type() == Receiver.Type.PAGERDUTY ? Optional.empty() : receiver.token();
    }

    Reply send(Message message) throws InterruptedException {
        HttpRequest.Builder request = HttpRequest.newBuilder(message.url())
                // Java 17 counts up to the headers, later ones to the end of the body
                .timeout(PATIENCE.plus(PATIENCE_WITH_BODY).plusSeconds(1))
                .header("User-Agent", "failover-timeline")
                .method(message.method(), HttpRequest.BodyPublishers.ofString(message.body(), StandardCharsets.UTF_8));
        bearer.ifPresent(token -> request.header("Authorization", "Bearer " + token));
        message.headers().forEach(request::header);
        Answer answer = new Answer();
        CompletableFuture<HttpResponse<Void>> exchange = client.sendAsync(request.build(), answer);
        CompletableFuture<Reply> reply = answer.reply.applyToEither(exchange.handle(answer::over), it -> it);
        try {
            // bounds what else may go on
            return reply.get(3 * PATIENCE.toSeconds(), TimeUnit.SECONDS);
        } catch (TimeoutException tooSlow) {
            exchange.cancel(true);
            return new Reply(0, "no answer in " + 3 * PATIENCE.toSeconds() + " s", Optional.empty());
        } catch (ExecutionException impossible) {
            throw new IllegalStateException("a failure is a reply, too", impossible);
        }
    }

    /** In seconds, or up to a date by the other's own clock. */
    private static Optional<Duration> pause(HttpHeaders headers) {
        return headers.firstValue("Retry-After")
                .flatMap(value -> value.matches("\\d{1,9}")
                        ? Optional.of(Duration.ofSeconds(Long.parseLong(value)))
                        : date(value).flatMap(until -> headers.firstValue("Date")
                                .flatMap(Http::date)
                                .map(now -> Duration.between(now, until))))
                .filter(pause -> !pause.isNegative())
                .map(pause -> pause.compareTo(LONGEST_PAUSE) > 0 ? LONGEST_PAUSE : pause);
    }

    private static Optional<Instant> date(String text) {
        try {
            return Optional.of(DateTimeFormatter.RFC_1123_DATE_TIME.parse(text, Instant::from));
        } catch (DateTimeParseException none) {
            return Optional.empty();
        }
    }

    private static SSLContext trusting(String pem) {
        try {
            KeyStore trusted = KeyStore.getInstance(KeyStore.getDefaultType());
            trusted.load(null, null);
            int number = 0;
            for (Certificate certificate : CertificateFactory.getInstance("X.509")
                    .generateCertificates(new ByteArrayInputStream(pem.getBytes(StandardCharsets.UTF_8)))) {
                trusted.setCertificateEntry("ca-" + number++, certificate);
            }
            TrustManagerFactory managers = TrustManagerFactory.getInstance(TrustManagerFactory.getDefaultAlgorithm());
            managers.init(trusted);
            SSLContext context = SSLContext.getInstance("TLS");
            context.init(null, managers.getTrustManagers(), null);
            return context;
        } catch (GeneralSecurityException | IOException noCertificates) {
            throw new IllegalArgumentException(
                    "no certificates in PEM: " + noCertificates.getMessage(), noCertificates);
        }
    }

    /** What comes of one request. Whoever sent the headers has answered, whatever becomes of the body. */
    private static final class Answer implements HttpResponse.BodyHandler<Void> {

        private final CompletableFuture<Reply> reply = new CompletableFuture<>();
        private volatile Optional<Beginning> begun = Optional.empty();

        @Override
        public HttpResponse.BodySubscriber<Void> apply(HttpResponse.ResponseInfo info) {
            Beginning body =
                    new Beginning(text -> reply.complete(new Reply(info.statusCode(), text, pause(info.headers()))));
            begun = Optional.of(body);
            return body;
        }

        /** There is nothing more to come: the reply, if only that there is none. */
        Reply over(@Nullable HttpResponse<Void> response, @Nullable Throwable why) {
            if (why != null) {
                Throwable cause = why.getCause();
                String what = String.valueOf(why instanceof CompletionException && cause != null ? cause : why);
                begun.ifPresentOrElse(Beginning::end, () -> reply.complete(new Reply(0, what, Optional.empty())));
            }
            return reply.join();
        }
    }

    /** Keeps the beginning of a body and lets the rest go. One that breaks off, or does not end in time, is taken for what came of it. */
    private static final class Beginning implements HttpResponse.BodySubscriber<Void> {

        private final Consumer<String> listener;
        private final ByteArrayOutputStream kept = new ByteArrayOutputStream();
        private final CompletableFuture<Void> ended =
                new CompletableFuture<Void>().completeOnTimeout(null, PATIENCE_WITH_BODY.toSeconds(), TimeUnit.SECONDS);
        private volatile Optional<Flow.Subscription> source = Optional.empty();

        Beginning(Consumer<String> listener) {
            this.listener = listener;
        }

        @Override
        public CompletionStage<Void> getBody() {
            return ended.thenRun(this::tell);
        }

        private void tell() {
            listener.accept(kept.toString(StandardCharsets.UTF_8));
            source.ifPresent(Flow.Subscription::cancel);
        }

        @Override
        public void onSubscribe(Flow.Subscription subscription) {
            source = Optional.of(subscription);
            subscription.request(Long.MAX_VALUE);
        }

        @Override
        public void onNext(List<ByteBuffer> buffers) {
            for (ByteBuffer buffer : buffers) {
                byte[] bytes = new byte[Math.min(buffer.remaining(), LONGEST_ANSWER - kept.size())];
                buffer.get(bytes);
                kept.writeBytes(bytes);
            }
            if (kept.size() == LONGEST_ANSWER) {
                end();
            }
        }

        @Override
        public void onError(Throwable brokeOff) {
            source = Optional.empty();
            end();
        }

        @Override
        public void onComplete() {
            source = Optional.empty();
            end();
        }

        void end() {
            ended.complete(null);
            tell();
        }
    }
}
