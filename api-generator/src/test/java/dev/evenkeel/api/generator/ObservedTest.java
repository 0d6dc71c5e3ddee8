package dev.evenkeel.api.generator;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import software.amazon.smithy.model.shapes.StructureShape;

/** What was observed is still about things that the model has. */
class ObservedTest {
    private final DynamoDbModel model = DynamoDbModel.load();

    private StructureShape structure(String name) {
        return model.structures().stream()
                .filter(shape -> Names.of(shape).equals(name))
                .findAny()
                .orElseThrow(() -> new AssertionError("no structure " + name));
    }

    @Test
    void membersExist() {
        Observed.MEMBER_ORDER.forEach((name, members) ->
                assertThat(structure(name).getMemberNames()).as(name).containsAll(members));
        Stream.of(
                        Observed.LENGTH_MAX.keySet(),
                        Observed.EMPTY_MESSAGE.keySet(),
                        Observed.REQUIRED_WITHOUT.keySet(),
                        Observed.TERSE)
                .flatMap(sites -> sites.stream())
                .map(site -> site.split("\\$", -1))
                .forEach(site -> assertThat(structure(site[0]).getMemberNames()).contains(site[1]));
    }

    @Test
    void enumsAndOperationsExist() {
        assertThat(model.enums().stream().map(Names::of)).containsAll(Observed.ENUM_ORDER.keySet());
        assertThat(model.operations().stream().map(Names::of)).containsAll(Observed.TABLE_NAME_RULE.keySet());
        assertThat(model.operations()).hasSize(58 + 4);
        assertThat(model.operations().stream().filter(DynamoDbModel::isOfStreams))
                .hasSize(4);
    }

    @Test
    void lengthsAreObservedOnlyWhereTheModelHasNone() {
        Observed.LENGTH_MAX.keySet().forEach(site -> {
            var parts = site.split("\\$", -1);
            var target = model.target(structure(parts[0]).getMember(parts[1]).orElseThrow());
            assertThat(target.expectTrait(software.amazon.smithy.model.traits.LengthTrait.class)
                            .getMax())
                    .isEmpty();
        });
    }
}
