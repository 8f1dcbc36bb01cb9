#pragma once
// SPDX-License-Identifier: MIT
// How many processors this process may use at the same time. busy_poll.hpp uses it.

#include <lambda_proc/core/decimal.hpp>
#include <lambda_proc/io/system.hpp>

#include <algorithm>
#include <array>
#include <cstddef>
#include <cstdint>
#include <limits>
#include <optional>
#include <span>
#include <string_view>

#include <sched.h>
#include <unistd.h>

namespace lambda_proc {
inline namespace v0 {
namespace detail {

inline constexpr double unlimited = std::numeric_limits<double>::infinity();

/// Where control groups are mounted: those of version 2, and those of version 1's cpu controller.
struct cgroup_mounts {
  const char* unified = "/sys/fs/cgroup";
  const char* cpu = "/sys/fs/cgroup/cpu";
};

/// The first line of a file of a control group. Empty if it can't be read.
[[gnu::cold]] inline std::string_view read_cgroup_file(const char* mount, std::string_view group, const char* file,
                                                       std::span<char> buffer) noexcept {
  std::array<char, 1024> path{};
  std::size_t size = 0;
  for (const std::string_view part : {std::string_view(mount), group, std::string_view("/"), std::string_view(file)}) {
    // A truncated path would name another file.
    if (part.size() >= path.size() - size) return {};
    size += part.copy(path.data() + size, part.size());
  }
  const std::string_view text = read_head(path.data(), buffer);
  return text.substr(0, text.find('\n'));
}

/// A quota of processor time per period, as a number of processors. "max" and "-1" are no quota.
[[gnu::cold]] inline double processors_of(std::string_view quota, std::string_view period) noexcept {
  const std::optional<std::uint64_t> time = decimal(quota);
  const std::optional<std::uint64_t> per = decimal(period);
  return time && per.value_or(0) != 0 ? static_cast<double>(*time) / static_cast<double>(*per) : unlimited;
}

/// The quota of one control group of version 2 or 1, as a number of processors. Those above it may have smaller ones.
[[gnu::cold]] inline double quota_v2(const char* mount, std::string_view group) noexcept {
  std::array<char, 64> buffer;
  const std::string_view text = read_cgroup_file(mount, group, "cpu.max", buffer);
  const std::size_t space = std::min(text.find(' '), text.size());
  return processors_of(text.substr(0, space), text.substr(std::min(space + 1, text.size())));
}
[[gnu::cold]] inline double quota_v1(const char* mount, std::string_view group) noexcept {
  std::array<char, 64> quota;
  std::array<char, 64> period;
  return processors_of(read_cgroup_file(mount, group, "cpu.cfs_quota_us", quota),
                       read_cgroup_file(mount, group, "cpu.cfs_period_us", period));
}

/// Removes everything up to the first separator from `text`, and returns it without the separator. If there is no
/// separator, that is the whole text.
inline std::string_view take_until(char separator, std::string_view& text) noexcept {
  const std::string_view part = text.substr(0, text.find(separator));
  text.remove_prefix(std::min(part.size() + 1, text.size()));
  return part;
}

/// Whether a comma-separated list contains the word.
[[gnu::cold]] inline bool has_word(std::string_view list, std::string_view word) noexcept {
  while (!list.empty()) {
    if (take_until(',', list) == word) return true;
  }
  return false;
}

/// The smallest quota of a process's control groups and of all groups above them. `groups` is the text of
/// /proc/[pid]/cgroup: lines of the form number:controllers:path (cgroups(7)), without controllers for version 2.
[[gnu::cold]] inline double cpu_quota(std::string_view groups, const cgroup_mounts& mounts = {}) noexcept {
  double least = unlimited;
  while (!groups.empty()) {
    std::string_view group = take_until('\n', groups);
    take_until(':', group);
    const std::string_view controllers = take_until(':', group);
    const bool unified = controllers.empty();
    if (!unified && !has_word(controllers, "cpu")) continue;
    for (;;) {
      least = std::min(least, unified ? quota_v2(mounts.unified, group) : quota_v1(mounts.cpu, group));
      if (group.empty()) break;
      const std::size_t slash = group.rfind('/');
      group = group.substr(0, slash == std::string_view::npos ? 0 : slash);
    }
  }
  return least;
}

/// The processors of a Lambda function with this much memory (AWS_LAMBDA_FUNCTION_MEMORY_SIZE, in MB): 1,769 MB have
/// the equivalent of one ("Configure Lambda function memory" in the AWS Lambda Developer Guide). Unlimited if the text
/// is not a number, as outside of Lambda. Inside a function neither the affinity nor the control groups tell.
[[gnu::cold]] inline double lambda_processors(std::string_view memory) noexcept {
  constexpr double mb_per_processor = 1769;
  const std::optional<std::uint64_t> mb = decimal(memory);
  return mb ? static_cast<double>(*mb) / mb_per_processor : unlimited;
}

/// The processors that the calling thread may run on, or fewer if there is a quota of processor time.
[[gnu::cold]] inline double usable_processors() noexcept {
#ifdef __linux__
  cpu_set_t allowed;
  if (::sched_getaffinity(0, sizeof allowed, &allowed) == 0) {
    std::array<char, 4096> groups;
    return std::min(static_cast<double>(CPU_COUNT(&allowed)), cpu_quota(read_head("/proc/self/cgroup", groups)));
  }
#endif
  return static_cast<double>(::sysconf(_SC_NPROCESSORS_ONLN));
}

}  // namespace detail
}  // namespace v0
}  // namespace lambda_proc
