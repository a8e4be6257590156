// Performs operations under profiles and says what the kernel made of each. Standard input has one command a line, its words parted by
// tabs:
//
//   file      /t/a/f  1000                  the scene: what the operation finds
//   do        17  web  -  unlink  /t/a/f    an ID, the profile or `-`, the label of a peer or `-`, the operation
//
// and the answer is `17 TAB ok`, or the errno's name, and for a program the label under which it runs: `18 TAB ok TAB web//child`.
#include "label.hpp"
#include "operations.hpp"
#include "scene.hpp"

#include <fcntl.h>
#include <sched.h>
#include <sys/mount.h>
#include <sys/wait.h>
#include <unistd.h>
#include <cerrno>
#include <cstring>
#include <iostream>
#include <sstream>
#include <string>
#include <string_view>
#include <vector>

namespace pavise::vm {

const Operation* find_operation(std::string_view name) {
    for (const auto* operations : {&file_operations, &mount_operations, &capability_operations, &socket_operations, &process_operations}) {
        for (const Operation& one : *operations) {
            if (one.name == name) return &one;
        }
    }
    return nullptr;
}

int failure_of(long result) { return result == -1 ? errno : 0; }

namespace {

// Fixed, since they outlive an exec.
constexpr int report_end = 100;  // where the outcome is written
constexpr int held_end = 101;    // its end of file lets a process go

struct Pipe {
    int read = -1;
    int write = -1;
};
Pipe make_pipe() {
    int ends[2];
    if (::pipe2(ends, O_CLOEXEC) != 0) return {};
    return {ends[0], ends[1]};
}

std::vector<std::string> words_of(const std::string& line) {
    std::vector<std::string> words;
    std::istringstream all(line);
    for (std::string word; std::getline(all, word, '\t');) words.push_back(word);
    return words;
}

// A step that fails before the operation is no answer of the kernel's about it.
enum class Step : int { operation, profile };
struct Outcome {
    Step step = Step::operation;
    int failure = 0;
};

void report(Step step, int failure) {
    const Outcome outcome{step, failure};
    if (::write(report_end, &outcome, sizeof outcome) < 0) ::_exit(3);
}

void wait_to_be_let_go() {
    char byte = 0;
    while (::read(held_end, &byte, 1) > 0) {
    }
}

// A child that goes through `work` and lives until its `hold` is closed.
struct Child {
    pid_t process = -1;
    int report = -1;
    int hold = -1;
};
template <class Work>
Child start(Work work) {
    const Pipe reports = make_pipe();
    const Pipe holds = make_pipe();
    const pid_t process = ::fork();
    if (process == 0) {
        ::dup2(reports.write, report_end);
        ::dup2(holds.read, held_end);
        ::close(holds.write);
        work();
        wait_to_be_let_go();
        ::_exit(0);
    }
    ::close(reports.write);
    ::close(holds.read);
    return {process, reports.read, holds.write};
}

// False: it died first.
bool read_outcome(const Child& child, Outcome& outcome) {
    return ::read(child.report, &outcome, sizeof outcome) == static_cast<ssize_t>(sizeof outcome);
}

void let_go(const Child& child) {
    ::close(child.hold);
    ::close(child.report);
    int status = 0;
    ::waitpid(child.process, &status, 0);
}

bool enter(const std::string& profile) {
    const int failure = profile == "-" ? 0 : change_profile(profile);
    if (failure != 0) report(Step::profile, failure);
    return failure == 0;
}

Child start_peer(const std::string& label) {
    return start([&] {
        if (enter(label == "unconfined" ? "-" : label)) report(Step::operation, 0);
    });
}

bool is_among(const std::vector<Operation>& operations, const Operation& operation) {
    return &operation >= operations.data() && &operation < operations.data() + operations.size();
}

// These leave their process as it was, so one process does many of them.
bool leaves_its_process(const Operation& operation) {
    return is_among(file_operations, operation) || is_among(socket_operations, operation);
}

Child start_operation(const Operation& operation, const std::string& profile, const Arguments& arguments) {
    return start([&] {
        // What it mounts is seen by itself alone.
        if (is_among(mount_operations, operation) &&
            (::unshare(CLONE_NEWNS) != 0 || ::mount(nullptr, "/", nullptr, MS_REC | MS_PRIVATE, nullptr) != 0))
            ::_exit(3);
        if (enter(profile)) report(Step::operation, operation.perform(arguments));
    });
}

// A process under a profile that performs what it is sent, an operation and its arguments a line.
Child start_worker(const std::string& profile) {
    return start([&] {
        if (!enter(profile)) return;
        report(Step::operation, 0);
        std::string line;
        for (char byte = 0; ::read(held_end, &byte, 1) > 0;) {
            if (byte != '\n') {
                line += byte;
                continue;
            }
            Arguments words = words_of(line);
            const Operation* operation = find_operation(words[0]);
            words.erase(words.begin());
            report(Step::operation, operation->perform(words));
            ::close_range(3, report_end - 1, 0);
            line.clear();
        }
    });
}

struct Worker {
    Child child{};
    std::string profile{};
};

std::string name_of(const Outcome& outcome) {
    const std::string step = outcome.step == Step::profile ? "no-profile:" : "";
    return outcome.failure == 0 ? "ok" : step + ::strerrorname_np(outcome.failure);
}

std::string answer_of_worker(Worker& worker, const std::string& profile, const std::string& operation, const Arguments& arguments) {
    Outcome outcome;
    if (worker.child.process < 0 || worker.profile != profile) {
        if (worker.child.process >= 0) let_go(worker.child);
        worker = {start_worker(profile), profile};
        if (!read_outcome(worker.child, outcome)) outcome = {Step::profile, ESRCH};
        if (outcome.step == Step::profile) {
            let_go(worker.child);
            worker = {};
            return name_of(outcome);
        }
    }
    std::string line = operation;
    for (const std::string& one : arguments) line += '\t' + one;
    line += '\n';
    if (::write(worker.child.hold, line.data(), line.size()) < 0 || !read_outcome(worker.child, outcome)) {
        let_go(worker.child);
        worker = {};
        return "died";
    }
    return name_of(outcome);
}

std::string answer(const Operation& operation, const std::string& profile, const std::string& peer, Arguments arguments) {
    Outcome outcome;
    Child other;
    if (peer != "-") {
        other = start_peer(peer);
        if (!read_outcome(other, outcome) || outcome.step != Step::operation) return "no-peer";
        arguments.push_back(std::to_string(other.process));
    }
    if (arguments.size() != operation.arguments) return "wrong-arguments";
    const Child child = start_operation(operation, profile, arguments);
    std::string found = "died";
    if (read_outcome(child, outcome)) {
        found = name_of(outcome);
        if (found == "ok" && operation.name.substr(0, 4) == "exec") found += '\t' + label_of(child.process);
    }
    let_go(child);
    if (peer != "-") let_go(other);
    return found;
}

int serve() {
    int failures = 0;
    Worker worker;
    for (std::string line; std::getline(std::cin, line);) {
        const std::vector<std::string> words = words_of(line);
        if (words.empty()) continue;
        if (words[0] != "do") {
            if (set_scene(words[0], {words.begin() + 1, words.end()})) continue;
            std::cout << "scene\t" << std::strerror(errno) << '\t' << line << '\n';
            ++failures;
            continue;
        }
        const Operation* operation = words.size() < 5 ? nullptr : find_operation(words[4]);
        if (operation == nullptr) {
            std::cout << "unknown\t" << line << '\n';
            ++failures;
            continue;
        }
        const Arguments arguments(words.begin() + 5, words.end());
        const bool many = leaves_its_process(*operation) && arguments.size() == operation->arguments;
        std::cout << words[1] << '\t'
                  << (many ? answer_of_worker(worker, words[2], words[4], arguments) : answer(*operation, words[2], words[3], arguments))
                  << '\n';
    }
    if (worker.child.process >= 0) let_go(worker.child);
    return failures == 0 ? 0 : 1;
}

}  // namespace

}  // namespace pavise::vm

int main(int count, char** words) {
    using namespace pavise::vm;
    // Started by one of its own operations: that it runs is all that is asked.
    if (count > 0 && std::string_view(words[0]) == "held") {
        report(Step::operation, 0);
        wait_to_be_let_go();
        return 0;
    }
    return serve();
}
