package io.failovertimeline.operate;

import ch.qos.logback.classic.Level;
import ch.qos.logback.classic.LoggerContext;
import ch.qos.logback.classic.encoder.JsonEncoder;
import ch.qos.logback.classic.spi.ILoggingEvent;
import ch.qos.logback.core.Appender;
import ch.qos.logback.core.OutputStreamAppender;
import java.io.PrintWriter;
import java.io.Writer;
import java.util.Iterator;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Standard error as JSON, an object a line: {@code timestamp} (milliseconds since 1970), {@code level}, {@code loggerName}, {@code
 * formattedMessage}, {@code kvpList} and {@code throwable}.
 */
public final class JsonLog {

    /** What the command says to people otherwise. */
    private static final String COMMAND = "io.failovertimeline.cli";

    private JsonLog() {}

    /** Logs as JSON from now on; what is written to the answer, sentences a line each, is logged too. */
    public static PrintWriter begin() {
        LoggerContext context = (LoggerContext) LoggerFactory.getILoggerFactory();
        Iterator<Appender<ILoggingEvent>> appenders =
                context.getLogger(Logger.ROOT_LOGGER_NAME).iteratorForAppenders();
        while (appenders.hasNext()) {
            if (appenders.next() instanceof OutputStreamAppender<ILoggingEvent> appender) {
                appender.setEncoder(encoder(context));
            }
        }
        context.getLogger(COMMAND).setLevel(Level.INFO);
        return new PrintWriter(new LoggedLines(LoggerFactory.getLogger(COMMAND)));
    }

    private static JsonEncoder encoder(LoggerContext context) {
        JsonEncoder encoder = new JsonEncoder();
        encoder.setContext(context);
        encoder.setWithSequenceNumber(false);
        encoder.setWithNanoseconds(false);
        encoder.setWithContext(false);
        encoder.setWithMDC(false);
        encoder.setWithMarkers(false);
        encoder.setWithArguments(false);
        encoder.setWithMessage(false);
        encoder.setWithFormattedMessage(true);
        encoder.start();
        return encoder;
    }

    private static final class LoggedLines extends Writer {
        private final Logger logger;
        private final StringBuilder line = new StringBuilder();

        LoggedLines(Logger logger) {
            this.logger = logger;
        }

        @Override
        public void write(char[] characters, int from, int length) {
            line.append(characters, from, length);
            for (int feed = line.indexOf("\n"); feed >= 0; feed = line.indexOf("\n")) {
                logger.info("{}", line.substring(0, feed).stripTrailing());
                line.delete(0, feed + 1);
            }
        }

        @Override
        public void flush() {}

        @Override
        public void close() {}
    }
}
