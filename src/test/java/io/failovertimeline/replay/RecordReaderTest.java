package io.failovertimeline.replay;

import static org.assertj.core.api.Assertions.assertThat;

import io.failovertimeline.decode.Hints;
import io.failovertimeline.decode.state.DumpBlock;
import io.failovertimeline.decode.state.Lead;
import io.failovertimeline.model.StateKind;
import io.failovertimeline.replay.RecordReader.Found;
import java.io.ByteArrayInputStream;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.List;
import java.util.stream.Collectors;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;

class RecordReaderTest {

    private static final String HEADER = "TIME     PID               LADDR:LPORT          RADDR:RPORT  STATE\n";
    private static final String SEGMENT = "19:05:43 0    10.0.10.3:28084   10.0.10.2:5432   ESTABLISHED\n";

    private final List<RecordReader.Dump> dumps = new ArrayList<>();

    private List<String> read(String text) {
        RecordReader reader = RecordReader.ofLog(
                new LineReader(new ByteArrayInputStream(text.getBytes(StandardCharsets.ISO_8859_1)), "README.md"));
        List<String> records = new ArrayList<>();
        for (Found found = reader.next(); found != Found.END; found = reader.next()) {
            reader.dump().ifPresent(dumps::add);
            records.add(reader.number()
                    + ":"
                    + (found == Found.LINE
                            ? new String(
                                    reader.bytes(),
                                    reader.from(),
                                    reader.to() - reader.from(),
                                    StandardCharsets.ISO_8859_1)
                            : found.name()));
        }
        return records;
    }

    @Test
    void a_dump_is_one_record_and_every_other_line_is_one_of_its_own() {
        List<String> records = read("db1@x:~$ patronictl list\n```\n+ Cluster: a ---+\n| Member | Role | State |\n"
                + "| db1 | Leader | running |\n```\n\nDec 10 16:19:54 db1 patroni[1]: x\n");

        assertThat(records)
                .containsExactly(
                        "1:db1@x:~$ patronictl list",
                        "2:```",
                        "3:DUMP",
                        "6:```",
                        "7:",
                        "8:Dec 10 16:19:54 db1 patroni[1]: x");
        assertThat(dumps).singleElement().satisfies(dump -> {
            assertThat(dump.state().kind()).isEqualTo(StateKind.PATRONICTL_LIST);
            assertThat(dump.block().lines()).isEqualTo(3);
            assertThat(dump.lead(Hints.none()).flatMap(Lead::host)).contains("x");
        });
    }

    @Test
    void lines_that_only_looked_like_a_dump_are_read_as_they_are() {
        String text = "+------+-------+\n| host | \u00e9    |\n{\n\"members\": 1\nend\n";

        assertThat(read(text))
                .containsExactly("1:+------+-------+", "2:| host | \u00e9    |", "3:{", "4:\"members\": 1", "5:end");
    }

    @Test
    void a_long_table_is_cut_and_goes_on_as_another() {
        String text =
                HEADER + IntStream.range(0, 2500).mapToObj(i -> SEGMENT).collect(Collectors.joining()) + "the end\n";

        List<String> records = read(text);

        assertThat(records).containsExactly("1:DUMP", "1001:DUMP", "2000:DUMP", "2502:the end");
        assertThat(dumps.stream().mapToInt(dump -> dump.block().lines()).sum()).isEqualTo(2501);
        assertThat(dumps).allSatisfy(dump -> {
            assertThat(dump.state().rows()).hasSize(1);
            assertThat(DumpBlock.read(dump.block().value(), 0, dump.block().value().length))
                    .contains(dump.state());
        });
        assertThat(dumps.get(1).lineOf(1)).isEqualTo(1001);
    }

    @Test
    void two_dumps_may_follow_each_other_without_a_line_between() {
        assertThat(read("+ Cluster: a -+\n| Member | Role | State |\n| x | Leader | running |\n+---+---+---+\n"
                        + "+ Cluster: b -+\n| Member | Role | State |\n| y | Leader | running |\n+---+---+---+\n"))
                .containsExactly("1:DUMP", "5:DUMP");
        assertThat(dumps)
                .extracting(dump -> dump.state().cluster().orElseThrow())
                .containsExactly("a", "b");
    }

    @Test
    void a_dump_may_end_with_the_input() {
        assertThat(read(HEADER + SEGMENT.strip())).containsExactly("1:DUMP");
    }
}
