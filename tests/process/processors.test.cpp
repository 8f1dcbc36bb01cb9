#include <lambda_proc/process/processors.hpp>

#include <catch2/catch_all.hpp>

#include <cstddef>
#include <filesystem>
#include <fstream>
#include <string>
#include <string_view>

#include <sched.h>
#include <stdlib.h>

using lambda_proc::detail::cgroup_mounts;
using lambda_proc::detail::cpu_quota;
using lambda_proc::detail::lambda_processors;
using lambda_proc::detail::unlimited;
using lambda_proc::detail::usable_processors;

namespace {

/// A directory like /sys/fs/cgroup, which is removed when the test ends.
class cgroup_tree {
 public:
  cgroup_tree() { REQUIRE(::mkdtemp(root_.data()) != nullptr); }
  cgroup_tree(const cgroup_tree&) = delete;
  cgroup_tree& operator=(const cgroup_tree&) = delete;
  ~cgroup_tree() { std::filesystem::remove_all(root_); }

  void write(const std::string& path, std::string_view text) const {
    const std::filesystem::path file = root_ + path;
    std::filesystem::create_directories(file.parent_path());
    std::ofstream(file) << text;
  }

  [[nodiscard]] double quota(std::string_view groups) const {
    const std::string cpu = root_ + "/cpu";
    return cpu_quota(groups, cgroup_mounts{.unified = root_.c_str(), .cpu = cpu.c_str()});
  }

 private:
  std::string root_ = std::filesystem::temp_directory_path() / "lambda_proc-XXXXXX";
};

}  // namespace

TEST_CASE("processors: the quota of version 2 is time per period", "[processors]") {
  const auto [text, expected] = GENERATE(table<std::string, double>({{"200000 100000\n", 2},
                                                                     {"50000 100000\n", 0.5},
                                                                     {"150000 50000", 3},
                                                                     {"max 100000\n", unlimited},
                                                                     {"100000 0\n", unlimited},
                                                                     {"100000\n", unlimited},
                                                                     {"", unlimited}}));
  CAPTURE(text);
  const cgroup_tree tree;
  tree.write("/a/b/cpu.max", text);
  CHECK(tree.quota("0::/a/b\n") == expected);
}

TEST_CASE("processors: the quota of version 1 is time per period", "[processors]") {
  const auto [quota, expected] = GENERATE(table<std::string, double>({{"250000\n", 2.5}, {"-1\n", unlimited}}));
  const std::string controllers = GENERATE("cpu", "cpu,cpuacct", "cpuacct,cpu");
  const cgroup_tree tree;
  tree.write("/cpu/a/cpu.cfs_quota_us", quota);
  tree.write("/cpu/a/cpu.cfs_period_us", "100000\n");
  CHECK(tree.quota("7:memory:/m\n3:" + controllers + ":/a\n1:name=systemd:/s\n0::/\n") == expected);
  CHECK(tree.quota("2:cpuacct:/a\n3:cpuset:/a\n") == unlimited);
}

TEST_CASE("processors: the groups above bind as well, up to the root of a container", "[processors]") {
  const cgroup_tree tree;
  tree.write("/a/b/c/cpu.max", "400000 100000\n");
  tree.write("/a/b/cpu.max", "max 100000\n");
  tree.write("/a/cpu.max", "100000 100000\n");
  CHECK(tree.quota("0::/a/b/c\n") == 1);
  CHECK(tree.quota("0::/b/c\n") == unlimited);
  tree.write("/cpu.max", "50000 100000\n");
  // In a container, the path may be that of the host.
  CHECK(tree.quota("0::/docker/0123\n") == 0.5);
  CHECK(tree.quota("0::/\n") == 0.5);
}

TEST_CASE("processors: a list of groups that nobody expects has no quota", "[processors]") {
  const cgroup_tree tree;
  CHECK(tree.quota("") == unlimited);
  CHECK(tree.quota("\n::\n:\n0::a\n3:cpu") == unlimited);
  CHECK(tree.quota("0::/" + std::string(5000, 'a')) == unlimited);
}

TEST_CASE("processors: a Lambda function has one for each 1,769 MB", "[processors]") {
  CHECK(lambda_processors("1769") == 1);
  CHECK(lambda_processors("3538") == 2);
  CHECK(lambda_processors("128") < 0.1);
  CHECK(lambda_processors("") == unlimited);
  CHECK(lambda_processors("much") == unlimited);
}

TEST_CASE("processors: a thread that is bound to one may use one", "[processors]") {
  CHECK(usable_processors() > 0);
  cpu_set_t before;
  REQUIRE(::sched_getaffinity(0, sizeof before, &before) == 0);
  cpu_set_t one;
  CPU_ZERO(&one);
  std::size_t first = 0;
  while (!CPU_ISSET(first, &before)) ++first;
  CPU_SET(first, &one);
  REQUIRE(::sched_setaffinity(0, sizeof one, &one) == 0);
  CHECK(usable_processors() <= 1);
  REQUIRE(::sched_setaffinity(0, sizeof before, &before) == 0);
}
