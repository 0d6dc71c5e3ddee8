package dev.evenkeel.router;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.ArrayList;
import java.util.List;
import java.util.logging.Handler;
import java.util.logging.Level;
import java.util.logging.LogRecord;
import java.util.logging.Logger;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** Which operation a statement becomes, as the trace tells it. */
class StatementPlanTest {
    private static final World WORLD = new World(1);
    private static final Partiql PARTIQL = new Partiql(WORLD);

    @AfterAll
    static void close() {
        WORLD.close();
    }

    @ParameterizedTest
    @CsvSource(
            delimiter = '|',
            quoteCharacter = '~',
            value = {
                "SELECT * FROM plain | Scan plain (there is no WHERE)",
                "SELECT * FROM plain WHERE n = 1 | Scan plain, filter WHERE (WHERE can be met without id being equal to a value)",
                "SELECT * FROM plain WHERE id = 'a' | GetItem plain by id = (WHERE gives id by equality)",
                "SELECT * FROM plain WHERE id = 'a' AND n = 1 | GetItem plain by id =, filter WHERE (WHERE gives id by equality)",
                "SELECT * FROM plain WHERE id IN ['a', 'b', 'c'] | 3 x GetItem plain by id = (WHERE gives id by equality in each alternative)",
                "SELECT * FROM rich WHERE id = 'a' | Query rich by id = (WHERE gives id by equality)",
                "SELECT * FROM rich WHERE id = 'a' AND sort = 1 | GetItem rich by id =, sort = (WHERE gives id by equality)",
                "SELECT * FROM rich WHERE id = 'a' AND sort BETWEEN 1 AND 2 ORDER BY sort DESC | Query rich by id =, sort BETWEEN, backwards (WHERE gives id by equality)",
                "SELECT * FROM rich WHERE id = 'a' AND sort = 1 OR id = 'b' AND sort > 2 | GetItem rich by id =, sort =, then Query rich by id =, sort > (WHERE gives id by equality in each alternative)",
                "SELECT * FROM rich.byTime WHERE id = 'a' AND \"time\" = 1 | Query rich.byTime by id =, time = (WHERE gives id by equality)",
                "SELECT text FROM rich.byTime WHERE id = 'a' | Query rich.byTime by id =, fetch items (WHERE gives id by equality)",
                "SELECT note FROM rich.byColour WHERE colour = 'red' AND note = 'x' | Query rich.byColour by colour =, filter WHERE (WHERE gives colour by equality)",
                "SELECT * FROM rich.byKind WHERE id = 'a' | Scan rich.byKind, filter WHERE (WHERE can be met without kind being equal to a value)",
                "INSERT INTO plain VALUE {'id': 'a'} | PutItem plain if it is not there",
                "UPDATE plain SET a = 1 WHERE id = 'a' | UpdateItem plain by id if WHERE holds",
                "DELETE FROM rich WHERE id = 'a' AND sort = 1 | DeleteItem rich by id, sort",
                "DELETE FROM plain WHERE id = 'a' AND n = 1 | DeleteItem plain by id if it is not there or WHERE holds",
            })
    void plans(String statement, String plan) {
        assertThat(PARTIQL.plan(statement)).isEqualTo(plan);
    }

    @Test
    void plansAreTracedAtDebug() {
        var logger = Logger.getLogger(StatementPlanner.TRACE);
        var lines = new ArrayList<String>();
        var handler = new Handler() {
            @Override
            public void publish(LogRecord line) {
                lines.add(line.getMessage());
            }

            @Override
            public void flush() {}

            @Override
            public void close() {}
        };
        logger.addHandler(handler);
        logger.setLevel(Level.FINE);
        try {
            PARTIQL.items("SELECT * FROM plain WHERE id = ?", "a");
        } finally {
            logger.setLevel(null);
            logger.removeHandler(handler);
        }
        assertThat(lines)
                .isEqualTo(List.of("PartiQL: SELECT * FROM plain WHERE id = ? -> "
                        + "GetItem plain by id = (WHERE gives id by equality)"));
    }
}
