namespace System.Runtime.CompilerServices;

// netstandard2.0 lacks what init-only properties and records compile to.
internal static class IsExternalInit;
