package io.clientela.architecture;

import static com.tngtech.archunit.lang.syntax.ArchRuleDefinition.classes;
import static com.tngtech.archunit.lang.syntax.ArchRuleDefinition.noClasses;
import static com.tngtech.archunit.library.Architectures.layeredArchitecture;
import static com.tngtech.archunit.library.dependencies.SlicesRuleDefinition.slices;

import com.tngtech.archunit.core.domain.JavaClasses;
import com.tngtech.archunit.core.importer.ClassFileImporter;
import com.tngtech.archunit.core.importer.ImportOption;
import io.clientela.tenancy.TenantOwned;
import jakarta.persistence.Entity;
import org.junit.jupiter.api.Test;

/** The arrows between packages point one way. */
class ArchitectureTest {
    private final JavaClasses code = new ClassFileImporter()
            .withImportOption(new ImportOption.DoNotIncludeTests())
            .importPackages("io.clientela");

    @Test
    void packagesHaveNoCircles() {
        slices().matching("io.clientela.(*)..").should().beFreeOfCycles().check(code);
    }

    @Test
    void featuresRestOnCustomersAndCustomersOnWhoWhoseAndHow() {
        layeredArchitecture()
                .consideringOnlyDependenciesInAnyPackage("io.clientela..")
                .layer("development")
                .definedBy("io.clientela.dev..")
                .layer("features")
                .definedBy("io.clientela.history..")
                .layer("customer")
                .definedBy("io.clientela.customer..")
                .layer("idempotency")
                .definedBy("io.clientela.idempotency..")
                .layer("tenancy")
                .definedBy("io.clientela.tenancy..")
                .layer("security")
                .definedBy("io.clientela.security..")
                .layer("http")
                .definedBy("io.clientela.http..")
                .layer("database")
                .definedBy("io.clientela.database..")
                .whereLayer("database")
                .mayOnlyBeAccessedByLayers("features", "customer")
                .whereLayer("development")
                .mayNotBeAccessedByAnyLayer()
                .whereLayer("features")
                .mayOnlyBeAccessedByLayers("development")
                .whereLayer("customer")
                .mayOnlyBeAccessedByLayers("development", "features")
                .whereLayer("idempotency")
                .mayOnlyBeAccessedByLayers("development", "features", "customer")
                .whereLayer("tenancy")
                .mayOnlyBeAccessedByLayers("development", "features", "customer", "idempotency")
                .whereLayer("security")
                .mayOnlyBeAccessedByLayers("development", "features", "customer", "idempotency", "tenancy")
                .check(code);
    }

    @Test
    void entitiesBelongToATenantAndStayInTheirFeature() {
        classes()
                .that()
                .areAnnotatedWith(Entity.class)
                .should()
                .beAssignableTo(TenantOwned.class)
                .andShould()
                .bePackagePrivate()
                .check(code);
    }

    @Test
    void nothingBlocks() {
        noClasses()
                .that()
                .resideOutsideOfPackage("io.clientela.dev..")
                .should()
                .callMethodWhere(com.tngtech.archunit.core.domain.JavaCall.Predicates.target(
                        com.tngtech.archunit.core.domain.properties.HasName.Predicates.name("await")))
                .check(code);
    }
}
