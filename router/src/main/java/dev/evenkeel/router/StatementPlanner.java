package dev.evenkeel.router;

import dev.evenkeel.expression.Statement;
import dev.evenkeel.model.DynamoException;
import java.lang.System.Logger.Level;

/** From a bound statement to its plan. Plans are told to {@code System.Logger} {@value #TRACE} at debug. */
final class StatementPlanner {
    static final String TRACE = "dev.evenkeel.partiql";

    private static final System.Logger LOG = System.getLogger(TRACE);

    private final Routes routes;

    StatementPlanner(Routes routes) {
        this.routes = routes;
    }

    /** @throws DynamoException when the statement cannot be run, whatever the data are */
    StatementPlan plan(StatementRequest request) {
        return traced(request, plan(request.bind(), request));
    }

    /**
     * The plan of a statement in a batch: there, a SELECT reads one item by its key.
     *
     * @throws DynamoException when the statement cannot be run, whatever the data are
     */
    StatementPlan planOfBatch(StatementRequest request) {
        var statement = request.bind();
        if (statement instanceof Statement.Select select) {
            var target = SelectTarget.of(select, routes, request.consistent());
            if (select.index() != null || !select.isByKeyAlone(target.key())) {
                throw DynamoException.validation("Select statements within BatchExecuteStatement must specify the "
                        + "primary key in the where clause.");
            }
        }
        return traced(request, plan(statement, request));
    }

    private StatementPlan plan(Statement statement, StatementRequest request) {
        return switch (statement) {
            case Statement.Select select -> SelectPlan.of(select, routes, request.consistent());
            case Statement.Insert insert -> StatementWrite.of(insert, routes);
            case Statement.Change change -> StatementWrite.of(change, routes, request.returnItemOnConditionFailure());
            case Statement.Delete delete -> StatementWrite.of(delete, routes, request.returnItemOnConditionFailure());
            case Statement.Exists _ ->
                throw DynamoException.validation("EXISTS can only be used in ExecuteTransaction write requests.");
        };
    }

    private static StatementPlan traced(StatementRequest request, StatementPlan plan) {
        if (LOG.isLoggable(Level.DEBUG)) {
            LOG.log(Level.DEBUG, "PartiQL: " + request.text() + " -> " + plan.explain());
        }
        return plan;
    }
}
