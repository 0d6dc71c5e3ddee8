package dev.evenkeel.router;

import dev.evenkeel.api.shape.ScanInput;
import dev.evenkeel.api.shape.ScanOutput;
import dev.evenkeel.expression.Condition;
import dev.evenkeel.model.Item;
import org.jspecify.annotations.Nullable;

/** Scan. The checks stand in DynamoDB's order: the request by itself, then against the table. */
final class ScanHandler implements OperationHandler<ScanInput, ScanOutput> {
    private final Routes routes;

    ScanHandler(Routes routes) {
        this.routes = routes;
    }

    /** What the request asks, valid by itself. */
    private record Parsed(
            RangeParameters parameters,
            @Nullable Condition filter,
            Selection selection,
            @Nullable Item startKey,
            Segment segment) {}

    @Override
    public ScanOutput handle(ScanInput input) {
        var parsed = parse(input);
        var parameters = parsed.parameters();
        var filter = parsed.filter();
        var selection = parsed.selection();
        var target = ReadTarget.of(
                routes.table(parameters.tableName(), parameters.indexName()),
                parameters.indexName(),
                parameters.consistent());
        var range = range(parsed, target);
        selection.checkPaths(target);
        if (filter != null) {
            KeyPaths.check(filter.nestedNames(), target.route().schema());
        }
        var page = PageWalk.read(target, range, PageWalk.Options.of(parameters, true, filter, selection, target));
        var answer = RangeAnswer.of(page, target, selection, parameters);
        return new ScanOutput(
                answer.items(),
                answer.count(),
                answer.scannedCount(),
                answer.lastEvaluatedKey(),
                answer.consumedCapacity());
    }

    private static Parsed parse(ScanInput input) {
        var parameters = RangeParameters.of(input);
        parameters.mixture().check(parameters.names(), parameters.values());
        var projection = parameters.readAttributesToGet();
        var filter = parameters.readLegacyFilter();
        var startKey = StartKey.read(parameters.startKey());
        var segment = Segment.of(input.segment(), input.totalSegments());
        var placeholders = parameters.placeholders();
        filter = filter == null ? parameters.readFilter(placeholders) : filter;
        projection = projection == null ? parameters.readProjection(placeholders) : projection;
        placeholders.checkAllUsed();
        return new Parsed(parameters, filter, Selection.of(parameters, projection), startKey, segment);
    }

    /** Where to read; what is asked of an index is looked at between the two halves of the start key. */
    private static KeyRange range(Parsed parsed, ReadTarget target) {
        var startKey = parsed.startKey();
        if (startKey != null) {
            StartKey.checkCount(startKey, target, true);
            if (target.index() != null) {
                StartKey.checkAttributes(startKey, target.key().attributes());
            }
        }
        parsed.selection().checkIndex(target);
        var range = parsed.segment().range();
        if (startKey == null) {
            return range;
        }
        StartKey.checkTableKey(startKey, target.route().key());
        var position = target.positionOf(startKey);
        if (!range.contains(position)) {
            throw parsed.segment().startsElsewhere();
        }
        return range.after(position);
    }
}
