# What ./run and ./test share: messages, packages, builds. Sourced, from the repository's root.

# say CHINESE ENGLISH: in the user's language.
case "${LINLI_LANGUAGE:-${LC_ALL:-${LANG:-}}}" in zh*) chinese=yes ;; *) chinese=no ;; esac
say() { if [ "$chinese" = yes ]; then printf '%s\n' "$1"; else printf '%s\n' "$2"; fi; }
fail() { say "$1" "$2" >&2; exit 1; }

need_free_port() {
  if (exec 3<>"/dev/tcp/127.0.0.1/$1") 2>/dev/null; then
    fail "端口 $1 已被占用，请用 --port 换一个。" "Port $1 is in use: choose another with --port."
  fi
}

need_folder() {
  mkdir -p "$1" 2>/dev/null && [ -w "$1" ] ||
    fail "无法写入目录 $1，请检查权限。" "Cannot write to the folder $1: check its permissions."
}

need_disk_space() {
  local free
  free=$(df -Pk "$1" | awk 'NR == 2 {print int($4 / 1024)}')
  [ "$free" -ge 2048 ] ||
    fail "磁盘剩余空间只有 ${free} MB，至少需要 2048 MB。" "Only ${free} MB of disk space are left; 2048 MB are needed."
}

# need_packages run|test: Debian packages of tools/packages.txt; those after "# test" for test only.
need_packages() {
  local wanted missing
  if [ "$1" = test ]; then
    wanted=$(grep -v '^#' tools/packages.txt)
  else
    wanted=$(sed '/^# test/,$d' tools/packages.txt | grep -v '^#')
  fi
  # node and npm may come from elsewhere than Debian.
  if command -v node >/dev/null && command -v npm >/dev/null; then
    wanted=$(printf '%s\n' "$wanted" | grep -vx -e nodejs -e npm)
  fi
  missing=$(for name in $wanted; do
    [ "$(dpkg-query -W -f='${db:Status-Abbrev}' "$name" 2>/dev/null)" = "ii " ] || printf '%s ' "$name"
  done)
  [ -z "$missing" ] && return
  local command="apt-get install -y --no-install-recommends $missing"
  if [ "$(id -u)" != 0 ]; then
    say "缺少软件包。请以管理员身份执行以下命令后再试：" "Packages are missing. Run this as root, then try again:" >&2
    printf '  sudo %s\n' "$command" >&2
    if command -v npm >/dev/null; then build_pages; fi
    exit 1
  fi
  say "正在安装软件包：$missing" "Installing packages: $missing"
  apt-get update -qq
  # shellcheck disable=SC2086
  DEBIAN_FRONTEND=noninteractive $command >build.packages.log 2>&1 ||
    { tail -5 build.packages.log >&2; fail "软件包安装失败，详见 build.packages.log。" "The packages could not be installed: see build.packages.log."; }
  rm -f build.packages.log
}

# A stamp file keeps the hash of what a step was made from: unchanged input, nothing to do.
unchanged() { [ -f "$1" ] && [ "$(cat "$1")" = "$2" ]; }

node_modules() {
  local hash
  hash=$(sha256sum web/package-lock.json web/package.json | sha256sum | cut -c1-64)
  unchanged web/node_modules/.linli-stamp "$hash" && return
  say "正在安装前端依赖……" "Installing node modules …"
  (cd web && npm ci --no-audit --no-fund --loglevel=error >/dev/null)
  printf '%s' "$hash" >web/node_modules/.linli-stamp
}

build_pages() {
  node_modules
  local hash
  hash=$(find web -type f -not -path 'web/node_modules/*' -not -path 'web/dist/*' -print0 |
    sort -z | xargs -0 sha256sum | sha256sum | cut -c1-64)
  unchanged web/dist/.linli-stamp "$hash" && return
  say "正在构建网页……" "Building the pages …"
  (cd web && npm run --silent build -- --logLevel warn)
  printf '%s' "$hash" >web/dist/.linli-stamp
}

# Compiled once for all checkouts of one machine, where ccache is there.
export CCACHE_BASEDIR=$PWD CCACHE_NOHASHDIR=1

# The whole program: one line of progress in a terminal; what the compiler says only when it fails.
compile_linli() {
  local log="build.ninja.log"
  if [ -t 1 ]; then ninja -C "build/$1" linli; return; fi
  ninja -C "build/$1" linli >"$log" 2>&1 || { tail -40 "$log" >&2; exit 1; }
  rm -f "$log"
}

# build_program PRESET [TARGET…]
build_program() {
  local preset=$1; shift
  if [ ! -f "build/$preset/build.ninja" ]; then
    say "正在准备构建（$preset）……" "Configuring the build ($preset) …"
    local launcher=()
    command -v ccache >/dev/null && launcher=(-DCMAKE_CXX_COMPILER_LAUNCHER=ccache)
    cmake --preset "$preset" "${launcher[@]}" >"build.configure.log" 2>&1 ||
      { tail -20 build.configure.log >&2; fail "构建准备失败。" "The build could not be configured."; }
    rm -f build.configure.log
  fi
  say "正在编译（$preset）……" "Compiling ($preset) …"
  if [ $# -gt 0 ]; then ninja -C "build/$preset" --quiet "$@"; else compile_linli "$preset"; fi
}
