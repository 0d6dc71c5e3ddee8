package dev.evenkeel.router;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.evenkeel.api.Operation;
import dev.evenkeel.api.shape.GetItemInput;
import dev.evenkeel.api.shape.GetItemOutput;
import dev.evenkeel.model.DynamoException;
import dev.evenkeel.model.ErrorCode;
import dev.evenkeel.model.Item;
import org.junit.jupiter.api.Test;

class RouterTest {
    private static final GetItemOutput ANSWER = new GetItemOutput(Item.EMPTY, null);

    private final Router router =
            Router.builder().handle("GetItem", (GetItemInput input) -> ANSWER).build();

    private static Object execute(Router router, String operation, String json) {
        return execute(router, Wire.operation(operation), json);
    }

    private static <I, O> Object execute(Router router, Operation<I, O> operation, String json) {
        return router.execute(operation, Wire.read(operation, json));
    }

    @Test
    void theHandlerOfTheOperationAnswers() {
        assertThat(execute(router, "GetItem", "{'TableName':'t','Key':{}}")).isSameAs(ANSWER);
        assertThat(router.supports("GetItem")).isTrue();
    }

    @Test
    void theShapeIsCheckedFirst() {
        assertThatThrownBy(() -> execute(router, "GetItem", "{'TableName':'t'}"))
                .hasMessage("1 validation error detected: Value null at 'key' failed to satisfy constraint: "
                        + "Member must not be null");
    }

    @Test
    void anOperationThatNobodyHandlesIsUnknown() {
        assertThat(router.supports("CreateBackup")).isFalse();
        assertThatThrownBy(() -> execute(router, "CreateBackup", "{}"))
                .isInstanceOfSatisfying(
                        DynamoException.class,
                        failure -> assertThat(failure.code()).isEqualTo(ErrorCode.UNKNOWN_OPERATION));
    }

    @Test
    void oneHandlerForEachOperation() {
        var builder = Router.builder().handle("GetItem", input -> ANSWER);
        assertThatThrownBy(() -> builder.handle("GetItem", input -> ANSWER)).hasMessage("two handlers for GetItem");
    }
}
