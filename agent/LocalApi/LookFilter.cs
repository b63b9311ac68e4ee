using EdgeHub.Agent.Access;

namespace EdgeHub.Agent.LocalApi;

/// <summary>What every endpoint of the interface passes: whom its answer shows becomes an entry before the answer is sent, under the name of the program that
/// asked. A refusal shows nobody.</summary>
internal static class LookFilter
{
    /// <summary>Names the action that an endpoint is, and what it shows of patients.</summary>
    internal static RouteHandlerBuilder Needs(this RouteHandlerBuilder endpoint, string action, Shows shows)
    {
        endpoint.WithMetadata(new NeedsAttribute(action, shows));
        return shows is Shows.Nobody or Shows.OwnEntry ? endpoint : endpoint.AddEndpointFilter(async (context, next) =>
        {
            var answer = await next(context);
            if (answer is not IStatusCodeHttpResult { StatusCode: >= StatusCodes.Status400BadRequest })
            {
                var http = context.HttpContext;
                var sight = Sight.Of(http);
                sight.Address(shows, http);
                await http.RequestServices.GetRequiredService<PersonLooks>().Saw(Caller(http), sight.Looks, Sight.PageOf(http));
            }
            return answer;
        });
    }

    internal static Operator Caller(HttpContext http) =>
        http.Features.Get<Operator>() ?? throw new InvalidOperationException("An endpoint that shows a person was reached without a caller.");
}
