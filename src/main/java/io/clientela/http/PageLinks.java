package io.clientela.http;

import jakarta.ws.rs.core.HttpHeaders;
import jakarta.ws.rs.core.Link;
import jakarta.ws.rs.core.UriInfo;
import java.util.ArrayList;
import java.util.List;
import java.util.stream.Collectors;
import org.jboss.resteasy.reactive.RestResponse;

/** The {@code Link} header of a page (RFC 8288): first, prev, next and last, where known. */
public final class PageLinks {
    private PageLinks() {}

    /** Returns the response for a page, with its links. */
    public static <T> RestResponse<Page<T>> answer(UriInfo uri, Page<T> page) {
        return answer(uri, page.meta(), page);
    }

    /** Returns the response for a page with more members than others have, with its links. */
    public static <P> RestResponse<P> answer(UriInfo uri, Page.Meta position, P page) {
        return RestResponse.ResponseBuilder.ok(page)
                .header(HttpHeaders.LINK, of(uri, position))
                .build();
    }

    private static String of(UriInfo uri, Page.Meta meta) {
        List<Link> links = new ArrayList<>();
        if (meta.currentPage() == null) {
            links.add(link(uri, "first", "cursor", null));
            if (meta.nextCursor() != null) {
                links.add(link(uri, "next", "cursor", meta.nextCursor()));
            }
            return header(links);
        }
        int page = meta.currentPage();
        links.add(link(uri, "first", "page", "1"));
        if (page > 1) {
            links.add(link(uri, "prev", "page", String.valueOf(page - 1)));
        }
        if (meta.nextCursor() != null) {
            links.add(link(uri, "next", "page", String.valueOf(page + 1)));
        }
        if (meta.totalPages() != null) {
            links.add(link(uri, "last", "page", String.valueOf(Math.max(1, meta.totalPages()))));
        }
        return header(links);
    }

    private static String header(List<Link> links) {
        return links.stream().map(Link::toString).collect(Collectors.joining(", "));
    }

    private static Link link(UriInfo uri, String relation, String parameter, String value) {
        var target = uri.getRequestUriBuilder();
        if (value == null) {
            target.replaceQueryParam(parameter);
        } else {
            target.replaceQueryParam(parameter, value);
        }
        return Link.fromUri(target.build()).rel(relation).build();
    }
}
