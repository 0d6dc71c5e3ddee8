package dev.evenkeel.router;

import dev.evenkeel.api.shape.ExecuteStatementInput;
import dev.evenkeel.api.shape.ExecuteStatementOutput;

/** ExecuteStatement. */
final class ExecuteStatementHandler implements OperationHandler<ExecuteStatementInput, ExecuteStatementOutput> {
    private final StatementPlanner planner;

    ExecuteStatementHandler(Routes routes) {
        this.planner = new StatementPlanner(routes);
    }

    @Override
    public ExecuteStatementOutput handle(ExecuteStatementInput input) {
        var request = StatementRequest.of(input);
        var answer = planner.plan(request).run(request);
        return new ExecuteStatementOutput(
                answer.items(), answer.nextToken(), answer.consumedCapacity(), answer.lastEvaluatedKey());
    }
}
