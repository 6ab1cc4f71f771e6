package io.failovertimeline.cli;

import io.failovertimeline.config.ConfigurationException;
import io.failovertimeline.recognize.CatalogException;
import java.io.FileNotFoundException;
import java.io.IOException;
import java.io.PrintWriter;
import java.io.UncheckedIOException;
import java.nio.file.AccessDeniedException;
import java.nio.file.NoSuchFileException;
import java.util.Objects;
import picocli.CommandLine;
import picocli.CommandLine.ParameterException;
import picocli.CommandLine.UnmatchedArgumentException;

/** Turns what goes wrong into one sentence on standard error and an exit code. */
final class PlainErrors {

    private PlainErrors() {}

    /** A user's mistake, or input that can't be read: no stack trace. */
    static int refuse(ParameterException refused, String... arguments) {
        CommandLine command = refused.getCommandLine();
        say(
                command,
                sentence(refused).strip().replaceAll("[.:]$", "") + ". " + suggestion(refused) + "See "
                        + command.getCommandSpec().qualifiedName() + " --help.");
        return ExitCode.UNUSABLE;
    }

    private static String sentence(ParameterException refused) {
        if (refused instanceof UnmatchedArgumentException unmatched && !unmatched.isUnknownOption()) {
            return "There is no command '" + unmatched.getUnmatched().get(0) + "'";
        }
        return Objects.toString(refused.getMessage(), "");
    }

    private static String suggestion(ParameterException refused) {
        if (!(refused instanceof UnmatchedArgumentException unmatched)
                || unmatched.getSuggestions().isEmpty()) {
            return "";
        }
        return "Did you mean " + String.join(" or ", unmatched.getSuggestions()) + "? ";
    }

    /** Anything else that escapes from a command. {@code debug} adds the stack trace. */
    static int fail(Exception failure, CommandLine command, boolean debug) {
        if (failure instanceof ParameterException refused) {
            return refuse(refused);
        }
        if (failure instanceof CatalogException bad) {
            bad.problems().forEach(problem -> say(command, problem));
            return ExitCode.UNUSABLE;
        }
        if (failure instanceof ConfigurationException wrong) {
            wrong.faults().forEach(fault -> say(command, fault + "."));
            return ExitCode.UNUSABLE;
        }
        boolean unreadable = failure instanceof IOException || failure instanceof UncheckedIOException;
        say(command, unreadable ? readingFailed(failure) : internal(failure, debug));
        if (debug) {
            failure.printStackTrace(command.getErr());
        }
        return unreadable ? ExitCode.UNUSABLE : ExitCode.INTERNAL_ERROR;
    }

    private static String internal(Exception failure, boolean debug) {
        return "Internal error, a mistake of this program: " + failure + "."
                + (debug ? "" : " Set FAILOVER_DEBUG=1 for the stack trace.");
    }

    /** Java's own messages for the commonest failures are the bare path. */
    private static String readingFailed(Exception failure) {
        Throwable cause = Objects.requireNonNullElse(
                failure instanceof UncheckedIOException ? failure.getCause() : failure, failure);
        String message = Objects.toString(cause.getMessage(), cause.toString());
        if (cause instanceof NoSuchFileException || cause instanceof FileNotFoundException) {
            return message + ": no such file or folder.";
        }
        return cause instanceof AccessDeniedException ? message + ": access is denied." : message;
    }

    private static void say(CommandLine command, String sentence) {
        PrintWriter err = command.getErr();
        err.println(sentence.replace('\n', ' '));
        err.flush();
    }
}
