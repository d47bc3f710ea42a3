# shellcheck shell=bash
# The tests, for the launcher, which sources this: $root, $torch, $dotnet, sdk, build … are its own.

others=   # the process of the suites that run beside the library's
preload=  # what takes the place of a libstdc++ that is too old for TorchSharp's package

# Both suites on what supplies the API here and, unless GRADTORCH_TORCH names one, the library's also on TorchSharp's own package.
run_tests() {
  (($# <= 1)) || { say "test takes one filter, and was given $#: $*"; exit 2; }
  filter=${1:-} results=$(mktemp -d)
  local passed=0 failed=0 skipped=0 counts
  [[ -z $filter || $filter == *[=~]* ]] || filter="FullyQualifiedName~$filter"
  trap end_tests EXIT
  export DOTNET_EnableDiagnostics=0  # a run that is killed would leave the pipes of the runtime's diagnostics behind
  touch "$results/counts"
  if [[ $torch == system ]]; then
    # Tests keep to one core, more or less: the binding's and those on the package go beside the library's, and are shown after them.
    (trap - EXIT; run_others) >"$results/others.log" 2>&1 &
    others=$!
    run_suite GradTorch.Tests
    join_others
  else
    run_on_package
  fi
  while read -r -a counts; do
    ((passed += counts[0], failed += counts[1], skipped += counts[2])) || true
  done <"$results/counts"
  ((passed + failed > 0)) || say "no test was executed${filter:+: none matches $filter}."
  echo "$passed passed, $failed failed, $skipped skipped"
  ((passed > 0 && failed == 0))
}

run_others() {
  run_suite GradTorch.LibTorch.Tests
  [[ -n ${GRADTORCH_TORCH:-} ]] || {
    torch=TorchSharp-cpu
    run_on_package
  }
}

join_others() {
  wait "$others" || count 0 1 0
  others=
  cat "$results/others.log"
}

end_tests() {
  [[ -z $others ]] || kill "$others" 2>/dev/null || true
  rm -rf "$results"
}

# Of a suite: passed, failed, skipped.
count() { echo "$@" >>"$results/counts"; }

are_tests_built() { is_built tests "$root/src" "$root/tests"; }

# With the command, to which the tests refer and which some launch.
build_tests() {
  local projects=(tests/GradTorch.Tests)
  [[ $torch != system ]] || projects+=(tests/GradTorch.LibTorch.Tests)
  is_built cli "$root/src" || rm -rf "$artifacts/$torch/ahead"
  build tests "${projects[@]}"
  cp -p "$artifacts/$torch/built-tests" "$artifacts/$torch/built-cli"
}

run_on_package() {
  if build_on_package && { loads || with_newer_libstdcxx loads; }; then
    ${preload:+with_newer_libstdcxx} run_suite GradTorch.Tests
  else
    echo "== GradTorch.Tests on $torch: skipped: $reason"
    count 0 0 1
  fi
}

build_on_package() {
  local log=$artifacts/restore.log
  are_tests_built && return
  require_sdk
  lock
  if ! are_tests_built; then
    if ! sdk restore "$root/tests/GradTorch.Tests" -p:Torch="$torch" >"$log" 2>&1; then
      unlock
      reason="NuGet did not deliver it ($log)"
      return 1
    fi
    build_tests
  fi
  unlock
}

# Runs a command with the one function of newer libstdc++ that TorchSharp's native library lacks on GCC 12's (Debian 12).
with_newer_libstdcxx() {
  local folder=$artifacts/libstdcxx source=$root/tests/LibStdCxx/libstdcxx own
  own=$(readlink -f "$("${CXX:-c++}" -print-file-name=libstdc++.so.6)")
  [[ $own == *.so.6.0.30 ]] || return 1
  mkdir -p "$folder"
  preload=$folder/libstdc++.so.6
  [[ $preload -nt $source.cpp && $preload -nt $source.map ]] ||
    "${CXX:-c++}" -O1 -shared -fPIC -nodefaultlibs -Wl,-soname,libstdc++.so.6 -Wl,--version-script="$source.map" \
      -o "$preload" "$source.cpp" || return 1
  LD_PRELOAD=$preload:$own "$@"
}

# The built test project NAME.
run_suite() {
  local name=$1 total executed succeeded ended=0
  echo "== $name on $torch"
  sdk test "$artifacts/$torch/bin/$name/release/$name.dll" --nologo ${filter:+--filter "$filter"} \
    --logger "console;verbosity=minimal" --logger "trx;LogFileName=$torch-$name.trx" --results-directory "$results" |
    sed -u -e '/^Starting test execution/d' -e '/^A total of 1 test files/d' -e '/^Results File:/d' || ended=$?
  read -r total executed succeeded < <(counters "$results/$torch-$name.trx")
  if ((ended != 0 && executed == succeeded)); then
    say "$name ended before its tests did; what it said is above. This counts as one failure."
    count 0 1 0
  fi
  count "$succeeded" $((executed - succeeded)) $((total - executed))
}

# Of a test result file: tests found, tests executed (not skipped), tests passed.
counters() {
  local line
  line=$(grep -s -o '<Counters [^>]*>' "$1") || line='total="0" executed="0" passed="0"'
  [[ $line =~ total=\"([0-9]+)\"\ executed=\"([0-9]+)\"\ passed=\"([0-9]+)\" ]]
  echo "${BASH_REMATCH[@]:1}"
}
