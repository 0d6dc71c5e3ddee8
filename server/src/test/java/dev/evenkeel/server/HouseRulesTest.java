package dev.evenkeel.server;

import static com.tngtech.archunit.base.DescribedPredicate.not;
import static com.tngtech.archunit.core.domain.JavaClass.Predicates.resideInAPackage;
import static com.tngtech.archunit.core.domain.JavaClass.Predicates.resideInAnyPackage;
import static com.tngtech.archunit.lang.syntax.ArchRuleDefinition.noClasses;

import com.tngtech.archunit.core.domain.JavaClasses;
import com.tngtech.archunit.core.importer.ClassFileImporter;
import com.tngtech.archunit.core.importer.ImportOption;
import java.time.Instant;
import java.util.Random;
import org.junit.jupiter.api.Test;

/** Rules of the house that neither the compiler nor the modules' dependencies hold. A failure says what to do instead. */
class HouseRulesTest {
    private static final JavaClasses CLASSES = new ClassFileImporter()
            .withImportOption(new ImportOption.DoNotIncludeTests())
            .importPackages("dev.evenkeel");

    @Test
    void timeComesFromATicker() {
        noClasses()
                .that()
                .doNotHaveSimpleName("SystemTicker")
                .should()
                .callMethod(System.class, "nanoTime")
                .orShould()
                .callMethod(System.class, "currentTimeMillis")
                .orShould()
                .callMethod(Instant.class, "now")
                .because("a run must replay from its seed: take a Ticker in the constructor instead")
                .check(CLASSES);
    }

    @Test
    void nobodySleeps() {
        noClasses()
                .should()
                .callMethod(Thread.class, "sleep", long.class)
                .because("wait for what you are waiting for, or park until a Ticker's time")
                .check(CLASSES);
    }

    @Test
    void chanceComesWithASeedOrFromTheSystemsGenerator() {
        noClasses()
                .should()
                .callConstructor(Random.class)
                .orShould()
                .callMethod(Math.class, "random")
                .because("take a RandomGenerator in the constructor instead")
                .check(CLASSES);
    }

    @Test
    void onlyTheCommandLinePrints() {
        noClasses()
                .that()
                .resideOutsideOfPackages("dev.evenkeel.server..", "dev.evenkeel.api.generator..")
                .should()
                .accessField(System.class, "out")
                .orShould()
                .accessField(System.class, "err")
                .because("log through slf4j, or let the caller say it")
                .check(CLASSES);
    }

    @Test
    void rocksDbIsKnownToTheStoreAlone() {
        noClasses()
                .that()
                .resideOutsideOfPackage("dev.evenkeel.storage..")
                .should()
                .dependOnClassesThat()
                .resideInAnyPackage("org.rocksdb..")
                .because("everybody else sees OrderedStore, which two stores implement")
                .check(CLASSES);
    }

    @Test
    void theWireIsKnownToTheEndpointAndTheTransportAlone() {
        noClasses()
                .that()
                .resideOutsideOfPackages("dev.evenkeel.http..", "dev.evenkeel.transport..")
                .should()
                .dependOnClassesThat()
                .resideInAnyPackage("io.netty..")
                .because("a client's call is an HttpCall, another node's comes through a Transport")
                .check(CLASSES);
    }

    @Test
    void transfersKnowDatabasesByTheirApiAlone() {
        noClasses()
                .that()
                .resideInAPackage("dev.evenkeel.server.transfer..")
                .should()
                .dependOnClassesThat(resideInAPackage("dev.evenkeel..")
                        .and(not(resideInAnyPackage(
                                "dev.evenkeel.server.transfer..", "dev.evenkeel.api..", "dev.evenkeel.model.."))))
                .because("what they read and write may be any DynamoDB: ask its endpoint")
                .check(CLASSES);
    }
}
