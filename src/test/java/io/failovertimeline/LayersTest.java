package io.failovertimeline;

import static com.tngtech.archunit.base.DescribedPredicate.describe;
import static com.tngtech.archunit.lang.syntax.ArchRuleDefinition.classes;
import static com.tngtech.archunit.lang.syntax.ArchRuleDefinition.noClasses;
import static com.tngtech.archunit.library.dependencies.SlicesRuleDefinition.slices;

import com.tngtech.archunit.base.DescribedPredicate;
import com.tngtech.archunit.core.domain.AccessTarget.CodeUnitAccessTarget;
import com.tngtech.archunit.core.domain.JavaAccess;
import com.tngtech.archunit.core.domain.JavaClass;
import com.tngtech.archunit.core.domain.JavaClasses;
import com.tngtech.archunit.core.importer.ClassFileImporter;
import com.tngtech.archunit.core.importer.ImportOption.DoNotIncludeTests;
import com.tngtech.archunit.lang.ArchRule;
import java.util.List;
import java.util.Set;
import java.util.function.Predicate;
import org.junit.jupiter.api.Test;

class LayersTest {

    private static final String ROOT = "io.failovertimeline";

    /** In the order of the data; a stage may use those before it. */
    private static final List<List<String>> STAGES = List.of(
            List.of("model"),
            List.of("decode"),
            List.of("recognize"),
            List.of("correlate"),
            List.of("gate"),
            List.of("publish"),
            List.of("alert"),
            List.of("replay", "stream", "ingest", "deliver"),
            List.of("web"),
            List.of("config", "operate"),
            List.of("cli"));

    private static final String[] CORE = in("model", "decode", "recognize", "correlate", "gate", "publish", "alert");

    private static final Set<String> CLOCKS = Set.of(
            "java.lang.System.currentTimeMillis",
            "java.lang.System.nanoTime",
            "java.time.InstantSource.system",
            "java.time.Clock.systemUTC",
            "java.time.Clock.systemDefaultZone",
            "java.util.Date.<init>");

    private static final Set<String> DEFAULTS = Set.of(
            "java.time.ZoneId.systemDefault",
            "java.time.Clock.systemDefaultZone",
            "java.util.TimeZone.getDefault",
            "java.util.Locale.getDefault",
            "java.nio.charset.Charset.defaultCharset",
            "java.lang.String.formatted");

    private static final Set<String> FILES = Set.of(
            "java.io.File",
            "java.io.FileInputStream",
            "java.io.FileOutputStream",
            "java.io.FileReader",
            "java.io.FileWriter",
            "java.io.RandomAccessFile",
            "java.nio.channels.FileChannel",
            "java.nio.file.Files",
            "java.nio.file.FileSystem",
            "java.nio.file.FileSystems");

    private final JavaClasses program =
            new ClassFileImporter().withImportOption(new DoNotIncludeTests()).importPackages(ROOT);

    @Test
    void kafka_appears_only_at_the_edge() {
        check(noClasses()
                .that()
                .resideInAnyPackage(in("model", "decode", "recognize", "correlate", "publish", "alert", "replay"))
                .should()
                .dependOnClassesThat()
                .resideInAPackage("org.apache.kafka..")
                .because("the same core runs over files and inside Kafka Streams"));
    }

    @Test
    void the_vocabulary_knows_only_the_jdk_and_the_sketch_of_latencies() {
        check(classes()
                .that()
                .resideInAPackage(ROOT + ".model..")
                .should()
                .onlyDependOnClassesThat()
                .resideInAnyPackage("java..", "org.jspecify..", "com.datadoghq.sketch..", ROOT + ".model..")
                .because("every stage and every reader shares these words, none of them another's library"));
    }

    @Test
    void the_core_reads_no_clock() {
        check(noClasses()
                .that()
                .resideInAnyPackage(
                        in("model", "decode", "recognize", "correlate", "publish", "alert", "replay", "stream"))
                .and()
                .haveNameNotMatching(
                        ".*\\.stream\\.(Stopwatch|TimelineTail|TopicSetup)") // stopwatches for waiting on a broker
                .should()
                .accessTargetWhere(access("a clock", LayersTest::readsClock))
                .because("a result depends on event time alone: the same input gives the same incident next year"));
    }

    @Test
    void nothing_uses_the_zone_locale_or_charset_of_the_machine() {
        check(noClasses()
                .should()
                .accessTargetWhere(access("a default of the machine", LayersTest::usesDefault))
                .because("a result must not change with the machine it is computed on"));
    }

    @Test
    void the_core_touches_no_files() {
        check(noClasses()
                .that()
                .resideInAnyPackage(CORE)
                .and()
                .haveNameNotMatching(".*\\.recognize\\.CatalogReader(\\$.*)?")
                .should()
                .dependOnClassesThat(describe("read or write files", type -> FILES.contains(type.getName())))
                .because("bytes come from the edges; the catalog alone loads its patterns"));
    }

    @Test
    void a_stage_knows_no_later_stage() {
        for (int i = 0; i < STAGES.size() - 1; i++) {
            String[] later = in(STAGES.subList(i + 1, STAGES.size()).stream()
                    .flatMap(List::stream)
                    .toArray(String[]::new));
            check(noClasses()
                    .that()
                    .resideInAnyPackage(in(STAGES.get(i).toArray(String[]::new)))
                    .should()
                    .dependOnClassesThat()
                    .resideInAnyPackage(later)
                    .because("packages are the stages, in the order of the data"));
        }
    }

    @Test
    void the_core_is_given_values_and_not_settings() {
        check(noClasses()
                .that()
                .resideInAnyPackage(CORE)
                .should()
                .dependOnClassesThat()
                .resideInAPackage(ROOT + ".config..")
                .because("a stage receives a quiet period, not all settings, and can be called without any"));
    }

    @Test
    void packages_form_no_cycle() {
        check(slices().matching(ROOT + ".(*)..")
                .should()
                .beFreeOfCycles()
                .because("a reader can follow the data downwards"));
    }

    /** A package that does not exist yet breaks no rule. */
    private void check(ArchRule rule) {
        rule.allowEmptyShould(true).check(program);
    }

    private static String[] in(String... packages) {
        return List.of(packages).stream().map(name -> ROOT + "." + name + "..").toArray(String[]::new);
    }

    private static DescribedPredicate<JavaAccess<?>> access(String what, Predicate<JavaAccess<?>> test) {
        return describe("it is " + what, test);
    }

    private static boolean readsClock(JavaAccess<?> access) {
        boolean now = access.getName().equals("now")
                && access.getTargetOwner().getPackageName().equals("java.time");
        return now || CLOCKS.contains(fullName(access));
    }

    /** Some methods take a locale in one form and the machine's in another. */
    private static boolean usesDefault(JavaAccess<?> access) {
        List<String> parameters = access.getTarget() instanceof CodeUnitAccessTarget target
                ? target.getRawParameterTypes().stream().map(JavaClass::getName).toList()
                : List.of();
        return DEFAULTS.contains(fullName(access))
                || switch (fullName(access)) {
                    case "java.lang.String.toLowerCase", "java.lang.String.toUpperCase" -> parameters.isEmpty();
                    case "java.lang.String.format" -> !parameters.contains("java.util.Locale");
                    case "java.time.format.DateTimeFormatter.ofPattern" -> parameters.size() == 1;
                    default -> false;
                };
    }

    private static String fullName(JavaAccess<?> access) {
        return access.getTargetOwner().getName() + "." + access.getName();
    }
}
