using System.Data;
using System.Globalization;
using Dapper;
using EdgeHub.Sync.Journal;
using Microsoft.Data.Sqlite;

namespace EdgeHub.Sync.Stores;

/// <summary>How ids, days and instants stand in SQLite: Guid as lower-case text, days yyyy-MM-dd, instants UTC with milliseconds.
/// PostgreSQL has types of its own for them; there the value goes through as it is.</summary>
public static class DapperHandlers
{
    private static readonly Lazy<bool> Registered = new(() =>
    {
        foreach (var type in (Type[])[typeof(Guid), typeof(Guid?), typeof(DateOnly), typeof(DateOnly?), typeof(DateTimeOffset), typeof(DateTimeOffset?)])
        {
            SqlMapper.RemoveTypeMap(type);
        }
        SqlMapper.AddTypeHandler(new GuidHandler());
        SqlMapper.AddTypeHandler(new DayHandler());
        SqlMapper.AddTypeHandler(new InstantHandler());
        return true;
    });

    /// <summary>Once per process, before the first statement whose rows or parameters go by name. A program without one never loads what is behind it.</summary>
    public static void Register() => _ = Registered.Value;

    private abstract class TextHandler<T> : SqlMapper.TypeHandler<T> where T : struct
    {
        public override void SetValue(IDbDataParameter parameter, T value) => parameter.Value = parameter is SqliteParameter ? Write(value) : Native(value);

        public override T Parse(object value) => value switch
        {
            T typed => typed,
            string text => Read(text),
            _ => Other(value),
        };

        protected abstract string Write(T value);

        protected virtual object Native(T value) => value;

        protected abstract T Read(string text);

        protected virtual T Other(object value) => throw new DataException($"A column holds {value.GetType().Name}; expected {typeof(T).Name} or its text.");
    }

    private sealed class GuidHandler : TextHandler<Guid>
    {
        protected override string Write(Guid value) => value.ToString("D");

        protected override Guid Read(string text) => Guid.ParseExact(text, "D");
    }

    private sealed class DayHandler : TextHandler<DateOnly>
    {
        protected override string Write(DateOnly value) => value.ToString("yyyy-MM-dd", CultureInfo.InvariantCulture);

        protected override DateOnly Read(string text) => DateOnly.ParseExact(text, "yyyy-MM-dd", CultureInfo.InvariantCulture);

        protected override DateOnly Other(object value) => value is DateTime day ? DateOnly.FromDateTime(day) : base.Other(value);
    }

    private sealed class InstantHandler : TextHandler<DateTimeOffset>
    {
        protected override string Write(DateTimeOffset value) => Instants.Write(value);

        protected override object Native(DateTimeOffset value) => value.ToUniversalTime();

        protected override DateTimeOffset Read(string text) => Instants.Read(text);

        protected override DateTimeOffset Other(object value) => value is DateTime instant ? new DateTimeOffset(DateTime.SpecifyKind(instant, DateTimeKind.Utc)) : base.Other(value);
    }
}
