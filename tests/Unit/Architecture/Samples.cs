// Samples that break a rule on purpose: each test over the code is shown to find its own.
using Microsoft.Data.Sqlite;

namespace EdgeHub.Hub.SampleOther
{
    public sealed record Facts(int Value);
}

namespace EdgeHub.Hub.SampleFeature
{
    public static class ReachesOver
    {
        public static int Of(EdgeHub.Hub.SampleOther.Facts facts) => facts.Value;

        public static bool IsOpen(SqliteConnection connection) => connection.State == System.Data.ConnectionState.Open;
    }

    public static class SampleStore
    {
        public static bool IsOpen(SqliteConnection connection) => connection.State == System.Data.ConnectionState.Open;
    }
}

namespace EdgeHub.Agent.SampleRoom
{
    public static class Closure
    {
        public static Func<int> Of(int value) => () => new List<EdgeHub.Hub.SampleOther.Facts> { new(value) }.Count;
    }

    internal static class Native
    {
        [System.Runtime.InteropServices.DllImport("winscard"), System.Runtime.InteropServices.DefaultDllImportSearchPaths(System.Runtime.InteropServices.DllImportSearchPath.System32)]
        internal static extern int SCardReleaseContext(nint context);
    }
}

namespace EdgeHub.Rules.Schemes.SampleTwo
{
    public static class Rules
    {
        public static int One(int value) => value;
    }
}

namespace EdgeHub.Rules.Schemes.SampleOne
{
    public static class Rules
    {
        public static int Two(int value) => SampleTwo.Rules.One(value) + 1;

        public static Cited<int> Cited(int value) => SampleOneArticles.Y1.Gives(value);

        public static int Deep(int value) => Middle(value);

        private static int Middle(int value) => Enumerable.Range(0, value).Sum(each => Cited(each).Value);
    }

    public static class SampleOneArticles
    {
        public static readonly Article Y1 = new("Y1", "sample", "1");
    }

    public static class Floats
    {
        public static int Conversion(int value) => (int)Math.Sqrt(value);

        public static decimal Literal(decimal value) => value > 1m ? (decimal)(0.1 * decimal.ToInt32(value)) : value;

        public static IReadOnlyList<float> Signature() => [];

        public static decimal Fine(decimal value) => value * 0.1m;
    }
}
