package dev.evenkeel.router.table;

import dev.evenkeel.api.shape.ListTagsOfResourceInput;
import dev.evenkeel.api.shape.ListTagsOfResourceOutput;
import dev.evenkeel.api.shape.Tag;
import dev.evenkeel.api.shape.TagResourceInput;
import dev.evenkeel.api.shape.UntagResourceInput;
import dev.evenkeel.metadata.Catalog;
import dev.evenkeel.metadata.CatalogChange;
import dev.evenkeel.metadata.Table;
import dev.evenkeel.metadata.TableStatus;
import dev.evenkeel.model.DynamoException;
import java.util.Map;
import java.util.Objects;

/** Tags of tables. They are there as soon as the call returns; DynamoDB takes a second or two. */
final class TagOperations {
    private final Catalog catalog;
    private final TableArns arns;

    TagOperations(Catalog catalog, TableArns arns) {
        this.catalog = catalog;
        this.arns = arns;
    }

    void tag(TagResourceInput input) {
        var arn = Objects.requireNonNull(input.resourceArn());
        var name = arns.nameOfResource(arn);
        var tags = Objects.requireNonNull(input.tags());
        if (tags.isEmpty()) {
            throw DynamoException.validation("Atleast one Tag needs to be provided as Input.");
        }
        var read = TagRules.read(tags);
        var table = changeable(name, arn);
        catalog.propose(new CatalogChange.Tag(table.id(), read));
    }

    void untag(UntagResourceInput input) {
        var arn = Objects.requireNonNull(input.resourceArn());
        var name = arns.nameOfResource(arn);
        var keys = Objects.requireNonNull(input.tagKeys());
        if (keys.isEmpty()) {
            throw DynamoException.validation("Atleast one Tag Key needs to be provided as Input.");
        }
        keys.forEach(TagRules::requireKey);
        var table = changeable(name, arn);
        catalog.propose(new CatalogChange.Untag(table.id(), keys));
    }

    /** All tags fit on one page, there being 50 at most. A table that is not there is denied, as to a stranger. */
    ListTagsOfResourceOutput list(ListTagsOfResourceInput input) {
        var name = arns.nameOfResource(Objects.requireNonNull(input.resourceArn()));
        var table = catalog.newestKnown().table(name).orElseThrow(Refusals::accessDenied);
        return ListTagsOfResourceOutput.builder()
                .tags(table.tags().entrySet().stream().map(TagOperations::tag).toList())
                .build();
    }

    private static Tag tag(Map.Entry<String, String> tag) {
        return Tag.builder().key(tag.getKey()).value(tag.getValue()).build();
    }

    private Table changeable(String name, String arn) {
        var table = catalog.newestKnown()
                .table(name)
                .orElseThrow(() -> Refusals.notFound("ResourceArn: " + arn + " not found"));
        if (table.status() == TableStatus.DELETING) {
            throw Refusals.beingDeleted(table);
        }
        return table;
    }
}
