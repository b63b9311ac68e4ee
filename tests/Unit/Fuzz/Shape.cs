namespace EdgeHub.Tests.Unit.Fuzz;

/// <summary>What a good input looks like inside: altered input keeps that shape in part of the cases, with hostile values in it.</summary>
internal enum Shape { Bytes, Json, Csv }
