/**
 * The PowerShell script that looks at processes three times over the sample time (System.Diagnostics.Process and
 * ProcessThread) and prints one JSON object; `parseWindowsSample` reads it.
 *
 * @param pids the tree
 * @param sampleTimeMs from the first look to the last
 * @returns the script
 */
export function windowsScript(pids: readonly number[], sampleTimeMs: number): string {
  const halfMs = Math.round(sampleTimeMs / 2);
  return [
    "[Console]::OutputEncoding = [Text.Encoding]::UTF8",
    "$ErrorActionPreference = 'SilentlyContinue'",
    `$pids = @(${pids.map(Math.trunc).join(",")})`,
    "$clock = [Diagnostics.Stopwatch]::StartNew()",
    "function Look { @{ AtMs = $clock.ElapsedMilliseconds; Processes = @(Get-Process -Id $pids | ForEach-Object { @{" +
    ` Id = $_.Id; CpuMs = ${orNull("$_.TotalProcessorTime.TotalMilliseconds")}; RssBytes = $_.WorkingSet64;` +
    " Path = $_.Path; Threads = @($_.Threads | ForEach-Object { @{ Id = $_.Id; State = [string]$_.ThreadState;" +
    " Reason = [string]$(if ($_.ThreadState -eq 'Wait') { $_.WaitReason });" +
    ` CpuMs = ${orNull("$_.TotalProcessorTime.TotalMilliseconds")};` +
    ` Started = ${orNull("$_.StartTime.Ticks")} } }) } }) } }`,
    `$looks = @(Look); Start-Sleep -Milliseconds ${halfMs}; $looks += Look; ` +
    `Start-Sleep -Milliseconds ${halfMs}; $looks += Look`,
    "@{ Kernel = [Environment]::OSVersion.VersionString; Looks = $looks } | ConvertTo-Json -Depth 8 -Compress",
  ].join("; ");
}

/** Asking about another user's process throws, which would lose all that is asked for together with it. */
function orNull(expression: string): string {
  return `$(try { ${expression} } catch { $null })`;
}
