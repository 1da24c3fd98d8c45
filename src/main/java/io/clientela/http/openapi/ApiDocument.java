package io.clientela.http.openapi;

import jakarta.ws.rs.core.Application;
import org.eclipse.microprofile.openapi.annotations.OpenAPIDefinition;
import org.eclipse.microprofile.openapi.annotations.enums.SecuritySchemeType;
import org.eclipse.microprofile.openapi.annotations.info.Contact;
import org.eclipse.microprofile.openapi.annotations.info.Info;
import org.eclipse.microprofile.openapi.annotations.info.License;
import org.eclipse.microprofile.openapi.annotations.security.SecurityScheme;
import org.eclipse.microprofile.openapi.annotations.servers.Server;
import org.eclipse.microprofile.openapi.annotations.tags.Tag;

/** The general part of the OpenAPI document. */
@OpenAPIDefinition(
        info =
                @Info(
                        title = "Clientela",
                        version = "1",
                        description = "The system of record for the people and companies that a business serves.\n\n"
                                + "Every request is for one tenant: the one that the token's `tenant` claim names, or,"
                                + " of several, the one that the `X-Tenant` header chooses. With an"
                                + " `X-Location` header, lists and creates are restricted to that business"
                                + " location; with a `location` claim, everything is."
                                + " `X-Request-Id` is taken from the request or generated, and returned.\n\n"
                                + "Every error is a problem document (RFC 9457) whose `code` says what to do.",
                        contact = @Contact(name = "Clientela", url = "https://github.com/clientela/clientela"),
                        license = @License(name = "Apache-2.0", url = "https://www.apache.org/licenses/LICENSE-2.0")),
        servers = @Server(url = "/", description = "The service that publishes this document."),
        tags = {
            @Tag(name = "Customers", description = "The people and companies that a business serves."),
            @Tag(name = "Addresses", description = "The postal addresses of a customer."),
            @Tag(name = "Calls", description = "Phone calls between the business and a customer."),
            @Tag(name = "Orders", description = "What a customer ordered."),
            @Tag(name = "Clusters", description = "Groups into which the business sorts its customers."),
            @Tag(name = "Merges", description = "Merging duplicate customers: preview, merge and undo."),
            @Tag(name = "Duplicates", description = "Pairs of customers that are likely the same person or company."),
            @Tag(name = "History", description = "Who changed what, when.")
        })
@SecurityScheme(
        securitySchemeName = "bearer",
        type = SecuritySchemeType.HTTP,
        scheme = "bearer",
        bearerFormat = "JWT",
        description = "A JWT (RS256 or ES256). Its `scope` claim, or the roles in `groups`, say what it may do:"
                + " `customers:read`, `customers:write`, `customers:merge`, `customers:admin`, `customers:self`.")
public class ApiDocument extends Application {}
