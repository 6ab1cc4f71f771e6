package io.failovertimeline.stream;

import static org.assertj.core.api.Assertions.assertThat;

import com.networknt.schema.JsonSchema;
import com.networknt.schema.JsonSchemaFactory;
import com.networknt.schema.SpecVersion;
import java.io.InputStream;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

class TopicsTest {

    static List<TopicDefinition> definitions() {
        return Topics.standard().definitions();
    }

    @Test
    void every_topic_has_a_definition_of_the_same_name() {
        List<String> names =
                Topics.standard().all().stream().map(topic -> topic.name()).toList();

        assertThat(definitions()).extracting(TopicDefinition::name).isEqualTo(names);
    }

    @ParameterizedTest
    @MethodSource("definitions")
    void the_example_is_valid_by_its_schema(TopicDefinition topic) {
        InputStream schema = getClass().getResourceAsStream("/" + topic.value());
        JsonSchema valid =
                JsonSchemaFactory.getInstance(SpecVersion.VersionFlag.V202012).getSchema(schema);

        assertThat(valid.validate(topic.example().value())).isEmpty();
    }

    @Test
    void more_partitions_are_those_of_every_topic_that_the_work_is_divided_by() {
        assertThat(Topics.standard(12).definitions())
                .filteredOn(topic -> topic.partitions() != 12)
                .extracting(TopicDefinition::name)
                .containsExactly("failover-dead-letters");
    }

    @Test
    void the_topics_of_latest_states_are_compacted_and_the_others_are_not() {
        assertThat(definitions())
                .filteredOn(topic -> topic.cleanupPolicy().startsWith("compact"))
                .extracting(TopicDefinition::name)
                .containsExactly(
                        "failovers",
                        "failover-alerts",
                        "failover-clusters",
                        "failover-load",
                        "failover-acknowledgements");
    }

    @Test
    void of_what_may_grow_for_ever_only_the_latest_is_kept() {
        assertThat(definitions())
                .filteredOn(topic ->
                        topic.cleanupPolicy().contains("delete") && topic.name().startsWith("failover-"))
                .allSatisfy(topic -> assertThat(topic.retentionBytes()).isPresent());
        assertThat(definitions())
                .filteredOn(topic -> topic.name().equals("failover-load"))
                .singleElement()
                .satisfies(topic -> assertThat(topic.configs()).containsEntry("segment.bytes", "8388608"));
    }

    @Test
    void no_topic_drops_records_by_their_age_because_labs_are_old() {
        assertThat(definitions())
                .allSatisfy(topic -> assertThat(topic.configs()).containsEntry("retention.ms", "-1"));
    }
}
