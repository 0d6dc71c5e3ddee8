package dev.evenkeel.router;

import dev.evenkeel.api.shape.ScanInput;
import dev.evenkeel.api.shape.ScanOutput;
import dev.evenkeel.model.Item;
import org.jspecify.annotations.Nullable;

/** Scan. The checks stand in DynamoDB's order: the request by itself, then against the table. */
final class ScanHandler implements OperationHandler<ScanInput, ScanOutput> {
    private final Routes routes;

    ScanHandler(Routes routes) {
        this.routes = routes;
    }

    @Override
    public ScanOutput handle(ScanInput input) {
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
        var selection = Selection.of(parameters, projection);

        var target =
                ReadTarget.of(routes.table(parameters.tableName()), parameters.indexName(), parameters.consistent());
        if (startKey != null) {
            StartKey.checkCount(startKey, target, true);
            if (target.index() != null) {
                StartKey.checkAttributes(startKey, target.key().attributes());
            }
            StartKey.checkTableKey(startKey, target.route().key());
        }
        var range = range(startKey, segment, target);
        selection.check(target);
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

    private static KeyRange range(@Nullable Item startKey, Segment segment, ReadTarget target) {
        var range = segment.range();
        if (startKey == null) {
            return range;
        }
        var position = target.positionOf(startKey);
        if (!range.contains(position)) {
            throw segment.startsElsewhere();
        }
        return range.after(position);
    }
}
