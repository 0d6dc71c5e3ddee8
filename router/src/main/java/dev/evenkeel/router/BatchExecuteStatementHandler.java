package dev.evenkeel.router;

import dev.evenkeel.api.shape.BatchExecuteStatementInput;
import dev.evenkeel.api.shape.BatchExecuteStatementOutput;
import dev.evenkeel.api.shape.BatchStatementError;
import dev.evenkeel.api.shape.BatchStatementRequest;
import dev.evenkeel.api.shape.BatchStatementResponse;
import dev.evenkeel.api.shape.ConsumedCapacity;
import dev.evenkeel.expression.Statements;
import dev.evenkeel.model.DynamoException;
import java.util.ArrayList;
import java.util.List;
import java.util.Objects;
import java.util.concurrent.Callable;
import org.jspecify.annotations.Nullable;

/**
 * BatchExecuteStatement. All statements run at the same time and are independent of each other; what goes wrong with one is
 * said in its place, and the others are done.
 */
final class BatchExecuteStatementHandler
        implements OperationHandler<BatchExecuteStatementInput, BatchExecuteStatementOutput> {
    private final Routes routes;
    private final StatementPlanner planner;

    BatchExecuteStatementHandler(Routes routes) {
        this.routes = routes;
        this.planner = new StatementPlanner(routes);
    }

    private record Result(
            BatchStatementResponse response, @Nullable ConsumedCapacity capacity) {}

    @Override
    public BatchExecuteStatementOutput handle(BatchExecuteStatementInput input) {
        var members = Parameters.required(input.statements());
        checkMixture(members);
        var mode = input.returnConsumedCapacity();
        var parts = new ArrayList<Callable<Result>>(members.size());
        members.forEach(member -> parts.add(() -> new Member(member, mode).result()));
        var results = FanOut.all(parts);
        return new BatchExecuteStatementOutput(
                results.stream().map(Result::response).toList(),
                CapacityTally.isWanted(mode)
                        ? results.stream()
                                .map(Result::capacity)
                                .filter(Objects::nonNull)
                                .toList()
                        : null);
    }

    /** A batch reads or writes. What cannot be parsed is neither. */
    private static void checkMixture(List<BatchStatementRequest> members) {
        boolean reads = false;
        boolean writes = false;
        for (var member : members) {
            try {
                boolean isRead = Statements.isRead(Parameters.required(member.statement()));
                reads |= isRead;
                writes |= !isRead;
            } catch (DynamoException _) {
                // told in its place
            }
        }
        if (reads && writes) {
            throw DynamoException.validation(
                    "Statements in a BatchExecuteStatement must be either all reads or all writes");
        }
    }

    /** One statement of a batch. */
    private final class Member {
        private final BatchStatementRequest member;
        private final @Nullable String capacityMode;
        private @Nullable String table;

        Member(BatchStatementRequest member, @Nullable String capacityMode) {
            this.member = member;
            this.capacityMode = capacityMode;
        }

        Result result() {
            try {
                return routes.renewing(this::run).handle(member);
            } catch (DynamoException failure) {
                var error = new BatchStatementError(BatchErrorCode.of(failure.code()), failure.getMessage(), null);
                return new Result(new BatchStatementResponse(error, table, null), null);
            }
        }

        /** Only a statement that came as far as its table names it when it fails. */
        private Result run(BatchStatementRequest statement) {
            table = null;
            var request = StatementRequest.of(statement, capacityMode);
            var plan = planner.planOfBatch(request);
            table = plan.calledAs();
            var answer = plan.run(request);
            var item = answer.items().isEmpty() ? null : answer.items().getFirst();
            return new Result(new BatchStatementResponse(null, table, item), answer.consumedCapacity());
        }
    }
}
