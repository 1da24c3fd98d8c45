package io.clientela.architecture;

import static com.tngtech.archunit.base.DescribedPredicate.describe;
import static com.tngtech.archunit.core.domain.JavaCall.Predicates.target;
import static com.tngtech.archunit.core.domain.JavaClass.Predicates.assignableTo;
import static com.tngtech.archunit.core.domain.properties.HasName.Predicates.name;
import static com.tngtech.archunit.core.domain.properties.HasName.Predicates.nameMatching;
import static com.tngtech.archunit.core.domain.properties.HasOwner.Predicates.With.owner;
import static com.tngtech.archunit.core.domain.properties.HasParameterTypes.Predicates.rawParameterTypes;
import static com.tngtech.archunit.lang.syntax.ArchRuleDefinition.classes;
import static com.tngtech.archunit.lang.syntax.ArchRuleDefinition.noClasses;
import static com.tngtech.archunit.lang.syntax.ArchRuleDefinition.noMethods;
import static com.tngtech.archunit.library.Architectures.layeredArchitecture;
import static com.tngtech.archunit.library.dependencies.SlicesRuleDefinition.slices;

import com.tngtech.archunit.core.domain.JavaClasses;
import com.tngtech.archunit.core.importer.ClassFileImporter;
import com.tngtech.archunit.core.importer.ImportOption;
import io.clientela.tenancy.TenantOwned;
import io.quarkus.hibernate.reactive.panache.Panache;
import io.quarkus.hibernate.reactive.panache.PanacheEntityBase;
import io.vertx.mutiny.sqlclient.Pool;
import jakarta.persistence.Entity;
import jakarta.ws.rs.Path;
import java.util.Optional;
import org.hibernate.reactive.mutiny.Mutiny;
import org.jboss.resteasy.reactive.server.Cancellable;
import org.junit.jupiter.api.Test;

/** Rules of the code: dependencies of packages, entities, resources. */
class ArchitectureTest {
    private final JavaClasses code = new ClassFileImporter()
            .withImportOption(new ImportOption.DoNotIncludeTests())
            .importPackages("io.clientela");

    @Test
    void packagesHaveNoCycles() {
        slices().matching("io.clientela.(*)..").should().beFreeOfCycles().check(code);
        slices().matching("io.clientela.http.(*)..").should().beFreeOfCycles().check(code);
    }

    @Test
    void packageLayersAreRespected() {
        layeredArchitecture()
                .consideringOnlyDependenciesInAnyPackage("io.clientela..")
                .layer("start")
                .definedBy("io.clientela")
                .layer("development")
                .definedBy("io.clientela.dev..")
                .layer("history")
                .definedBy("io.clientela.history..")
                .layer("event")
                .definedBy("io.clientela.event..")
                .layer("account")
                .definedBy("io.clientela.account..")
                .layer("consent")
                .definedBy("io.clientela.consent..")
                .layer("identity")
                .definedBy("io.clientela.identity..")
                .layer("merge")
                .definedBy("io.clientela.merge..")
                .layer("activity")
                .definedBy("io.clientela.activity..")
                .layer("apikey")
                .definedBy("io.clientela.apikey..")
                .layer("privacy")
                .definedBy("io.clientela.privacy..")
                .layer("insight")
                .definedBy("io.clientela.insight..")
                .layer("transfer")
                .definedBy("io.clientela.transfer..")
                .layer("webhook")
                .definedBy("io.clientela.webhook..")
                .layer("dialect")
                .definedBy("io.clientela.dialect..")
                .layer("customer")
                .definedBy("io.clientela.customer..")
                .layer("idempotency")
                .definedBy("io.clientela.idempotency..")
                .layer("retention")
                .definedBy("io.clientela.retention..")
                .layer("background")
                .definedBy("io.clientela.background..")
                .layer("tenancy")
                .definedBy("io.clientela.tenancy..")
                .layer("security")
                .definedBy("io.clientela.security..")
                .layer("http")
                .definedBy("io.clientela.http..")
                .layer("database")
                .definedBy("io.clientela.database..")
                .whereLayer("start")
                .mayNotBeAccessedByAnyLayer()
                .whereLayer("development")
                .mayNotBeAccessedByAnyLayer()
                .whereLayer("history")
                .mayOnlyBeAccessedByLayers(
                        "development", "event", "webhook", "identity", "activity", "apikey", "transfer")
                .whereLayer("event")
                .mayNotBeAccessedByAnyLayer()
                .whereLayer("account")
                .mayOnlyBeAccessedByLayers("dialect")
                .whereLayer("consent")
                .mayNotBeAccessedByAnyLayer()
                .whereLayer("dialect")
                .mayNotBeAccessedByAnyLayer()
                .whereLayer("identity")
                .mayOnlyBeAccessedByLayers("development", "dialect", "transfer")
                .whereLayer("merge")
                .mayOnlyBeAccessedByLayers("development", "dialect")
                .whereLayer("activity")
                .mayOnlyBeAccessedByLayers("development", "dialect", "merge", "transfer")
                .whereLayer("apikey")
                .mayNotBeAccessedByAnyLayer()
                .whereLayer("privacy")
                .mayOnlyBeAccessedByLayers("dialect")
                .whereLayer("insight")
                .mayOnlyBeAccessedByLayers("dialect", "identity")
                .whereLayer("transfer")
                .mayOnlyBeAccessedByLayers("dialect")
                .whereLayer("webhook")
                .mayOnlyBeAccessedByLayers("start")
                .whereLayer("customer")
                .mayOnlyBeAccessedByLayers(
                        "development",
                        "history",
                        "account",
                        "consent",
                        "identity",
                        "merge",
                        "activity",
                        "privacy",
                        "insight",
                        "transfer",
                        "webhook",
                        "dialect")
                .whereLayer("idempotency")
                .mayOnlyBeAccessedByLayers(
                        "dialect",
                        "development",
                        "history",
                        "account",
                        "identity",
                        "merge",
                        "activity",
                        "customer",
                        "apikey",
                        "privacy",
                        "transfer",
                        "webhook")
                .whereLayer("retention")
                .mayOnlyBeAccessedByLayers(
                        "history", "account", "merge", "idempotency", "privacy", "transfer", "webhook")
                .whereLayer("background")
                .mayOnlyBeAccessedByLayers("identity", "retention", "transfer", "event", "webhook")
                .whereLayer("tenancy")
                .mayOnlyBeAccessedByLayers(
                        "dialect",
                        "insight",
                        "development",
                        "event",
                        "history",
                        "account",
                        "consent",
                        "identity",
                        "merge",
                        "activity",
                        "customer",
                        "apikey",
                        "idempotency",
                        "privacy",
                        "database",
                        "transfer",
                        "webhook")
                .whereLayer("security")
                .mayOnlyBeAccessedByLayers(
                        "dialect",
                        "insight",
                        "start",
                        "development",
                        "event",
                        "history",
                        "account",
                        "consent",
                        "identity",
                        "merge",
                        "activity",
                        "customer",
                        "apikey",
                        "idempotency",
                        "privacy",
                        "transfer",
                        "webhook",
                        "tenancy")
                .whereLayer("database")
                .mayOnlyBeAccessedByLayers(
                        "insight",
                        "event",
                        "history",
                        "account",
                        "consent",
                        "identity",
                        "merge",
                        "activity",
                        "customer",
                        "apikey",
                        "idempotency",
                        "privacy",
                        "retention",
                        "transfer",
                        "webhook")
                .check(code);
    }

    /** Nor can a dialect have SQL of its own: the layers above keep it from the database. */
    @Test
    void dialectsDependOnWhatTheyShareOnly() {
        slices().matching("io.clientela.dialect.(*)..")
                .should()
                .notDependOnEachOther()
                .check(code);
        noClasses()
                .that()
                .resideInAPackage("io.clientela.dialect")
                .should()
                .dependOnClassesThat()
                .resideInAPackage("io.clientela.dialect.*..")
                .check(code);
    }

    /** What is sent where, and when again, is decided by their callers. */
    @Test
    void webhooksAreSentWithoutDatabase() {
        noClasses()
                .that()
                .resideInAPackage("io.clientela.webhook.send")
                .should()
                .dependOnClassesThat()
                .resideInAnyPackage("io.clientela.database..", "io.clientela.webhook")
                .check(code);
    }

    @Test
    void entitiesAreTenantOwnedAndPackagePrivate() {
        classes()
                .that()
                .areAnnotatedWith(Entity.class)
                .should()
                .beAssignableTo(TenantOwned.class)
                .andShould()
                .bePackagePrivate()
                .check(code);
    }

    /** Whatever uses a connection counts against a tenant's share. */
    @Test
    void connectionsAreUsedThroughDatabase() {
        noClasses()
                .that()
                .resideOutsideOfPackages("io.clientela.database..", "io.clientela.dev..")
                .should()
                .dependOnClassesThat(assignableTo(Pool.class))
                .orShould()
                .callMethodWhere(target(owner(assignableTo(Panache.class)))
                        .and(target(nameMatching("with(Session|Transaction)"))))
                .orShould()
                .dependOnClassesThat(assignableTo(Mutiny.SessionFactory.class))
                .check(code);
    }

    /** Cancelling a request closes its session while a statement is still running. */
    @Test
    void resourcesAreNotCancelledByDisconnects() {
        classes()
                .that()
                .areAnnotatedWith(Path.class)
                .should()
                .beAnnotatedWith(describe(
                        "@Cancellable(false)",
                        annotation -> annotation.getRawType().isEquivalentTo(Cancellable.class)
                                && annotation.get("value").equals(Optional.of(false))))
                .check(code);
        noMethods().should().beAnnotatedWith(Cancellable.class).check(code);
    }

    /** The API is described in META-INF/openapi, so that a resource shows what it does. */
    @Test
    void resourcesHaveNoDocumentation() {
        noClasses()
                .that()
                .areAnnotatedWith(Path.class)
                .should()
                .dependOnClassesThat()
                .resideInAPackage("org.eclipse.microprofile.openapi..")
                .check(code);
    }

    /** Hibernate Reactive shares state between concurrent deletes of an entity (hibernate-reactive issue 1713). */
    @Test
    void entitiesAreDeletedByStatements() {
        noClasses()
                .should()
                .callMethodWhere(target(owner(assignableTo(PanacheEntityBase.class)))
                        .and(target(name("delete")))
                        .and(target(rawParameterTypes(new Class<?>[0]))))
                .orShould()
                .callMethodWhere(
                        target(owner(assignableTo(Mutiny.Session.class))).and(target(nameMatching("remove(All)?"))))
                .check(code);
    }

    @Test
    void codeNeverBlocksOnAwait() {
        noClasses()
                .that()
                .resideOutsideOfPackage("io.clientela.dev..")
                .should()
                .callMethodWhere(target(name("await")))
                .check(code);
    }
}
