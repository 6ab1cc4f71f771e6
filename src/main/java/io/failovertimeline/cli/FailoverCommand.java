package io.failovertimeline.cli;

import java.io.IOException;
import java.io.InputStream;
import java.io.PrintWriter;
import java.util.List;
import java.util.Map;
import java.util.Properties;
import java.util.concurrent.Callable;
import picocli.CommandLine;
import picocli.CommandLine.Command;
import picocli.CommandLine.IVersionProvider;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.ScopeType;
import picocli.CommandLine.Spec;

/** {@code ./failover}: holds the commands. */
@Command(
        name = "./failover",
        mixinStandardHelpOptions = true,
        scope = ScopeType.INHERIT,
        versionProvider = FailoverCommand.BuildVersion.class,
        usageHelpAutoWidth = false,
        synopsisSubcommandLabel = "COMMAND")
public final class FailoverCommand implements Callable<Integer> {

    private static final String[] PURPOSE = {
        "Tells what broke, who took over, how long each phase took and what clients felt when PostgreSQL",
        "under Patroni fails over, and shows the log lines that prove it.",
        ""
    };

    private static final String[] EXAMPLES = {
        "",
        "Examples:",
        "  ./failover replay labs/planned-switchover    what happened, from files, without Kafka",
        "  ./failover replay labs/write-up              the same from prose with pasted logs",
        "  ./failover explain 'INFO: a line of a log'   how a line is read, or why it is not",
        "  ./failover replay --help                     all about one command",
        "",
        "Exit codes: 0 fine, 1 the answer is no (each command's --help says to what), 4 the answer can't",
        "be told, 2 wrong usage or input that can't be read, 3 an internal error. FAILOVER_JAVA_OPTS adds",
        "options for Java; FAILOVER_LOG=DEBUG shows the program's own log; NO_COLOR=1 turns colours off."
    };

    private static final int HELP_COLUMNS = 100;

    @Spec
    private CommandSpec spec = CommandSpec.create();

    /**
     * The command line with all {@code commands}, writing to {@code out} and {@code err}.
     *
     * @param environment of which {@code FAILOVER_DEBUG} asks for stack traces
     */
    public static CommandLine of(
            List<Object> commands, PrintWriter out, PrintWriter err, Map<String, String> environment) {
        boolean debug = !environment.getOrDefault("FAILOVER_DEBUG", "").isEmpty();
        CommandLine line = new CommandLine(new FailoverCommand());
        line.getCommandSpec().usageMessage().description(PURPOSE).footer(EXAMPLES);
        commands.forEach(line::addSubcommand);
        return line.setOut(out)
                .setErr(err)
                .setUsageHelpWidth(HELP_COLUMNS)
                .setCaseInsensitiveEnumValuesAllowed(true)
                .setParameterExceptionHandler(PlainErrors::refuse)
                .setExecutionExceptionHandler((failure, command, parsed) -> PlainErrors.fail(failure, command, debug));
    }

    /** Of {@code commands} the one that {@code arguments} begin with, since reading what all can do takes a while; else all. */
    public static List<Object> asked(List<Object> commands, String... arguments) {
        return commands.stream()
                .filter(command -> arguments.length > 0 && name(command).equals(arguments[0]))
                .findFirst()
                .map(List::of)
                .orElse(commands);
    }

    private static String name(Object command) {
        return command.getClass().getAnnotation(Command.class).name();
    }

    /** Without a command there is nothing to do but to say which there are. */
    @Override
    public Integer call() {
        spec.commandLine().usage(spec.commandLine().getErr());
        return ExitCode.UNUSABLE;
    }

    /** The version that Maven wrote into the jar. */
    static final class BuildVersion implements IVersionProvider {

        private static final String WRITTEN_BY_MAVEN =
                "/META-INF/maven/io.failovertimeline/failover-timeline/pom.properties";

        @Override
        public String[] getVersion() throws IOException {
            Properties build = new Properties();
            try (InputStream properties = FailoverCommand.class.getResourceAsStream(WRITTEN_BY_MAVEN)) {
                if (properties != null) {
                    build.load(properties);
                }
            }
            return new String[] {"failover-timeline " + build.getProperty("version", "(not built as a jar)")};
        }
    }
}
