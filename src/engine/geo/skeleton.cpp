#include "engine/geo/skeleton.h"

#include <utility>

namespace linli::geo {

namespace {

// The middle last, so that searches cross a chain in a logarithm of its length.
void halve(std::span<const Node> chain, std::vector<Node>& out) {
  if (chain.empty()) return;
  const size_t middle = chain.size() / 2;
  halve(chain.first(middle), out);
  halve(chain.subspan(middle + 1), out);
  out.push_back(chain[middle]);
}

struct Peeled {
  std::vector<uint32_t> degree;  // within what is left
  std::vector<Node> hangs_on;    // of a peeled node; kNoNode: it is left
};

// Takes dead ends away, again and again; `skeleton` is told what hangs where.
Peeled peel(const Links& links, Skeleton& skeleton) {
  const Node nodes = links.nodes();
  Peeled peeled{std::vector<uint32_t>(nodes), std::vector<Node>(nodes, kNoNode)};
  std::vector<Node> removed;
  for (Node node = 0; node < nodes; ++node) {
    peeled.degree[node] = static_cast<uint32_t>(links.of(node).size());
    if (peeled.degree[node] == 1) removed.push_back(node);
  }
  size_t kept = 0;
  for (size_t at = 0; at < removed.size(); ++at) {
    const Node node = removed[at];
    if (peeled.degree[node] == 0) continue;  // the last of a tree stays
    removed[kept++] = node;
    for (const Node head : links.of(node)) {
      if (peeled.hangs_on[head] != kNoNode) continue;
      peeled.hangs_on[node] = head;
      peeled.degree[node] = 0;
      if (--peeled.degree[head] == 1) removed.push_back(head);
    }
  }
  removed.resize(kept);
  // All of a tree is gathered at the node that is left, leaves first.
  std::vector<Node> root(nodes);
  for (Node node = 0; node < nodes; ++node) root[node] = node;
  for (size_t at = removed.size(); at-- > 0;)
    root[removed[at]] = root[peeled.hangs_on[removed[at]]];
  skeleton.tree_first.assign(nodes + size_t{1}, 0);
  for (const Node node : removed) ++skeleton.tree_first[root[node] + size_t{1}];
  for (Node node = 0; node < nodes; ++node) {
    skeleton.tree_first[node + size_t{1}] += skeleton.tree_first[node];
  }
  skeleton.tree.resize(removed.size());
  std::vector<uint32_t> next(skeleton.tree_first.begin(), skeleton.tree_first.end() - 1);
  for (const Node node : removed) skeleton.tree[next[root[node]]++] = node;
  return peeled;
}

}  // namespace

Skeleton skeleton_of(const Links& links) {
  Skeleton skeleton;
  const Node nodes = links.nodes();
  const Peeled peeled = peel(links, skeleton);
  std::vector<uint32_t> junction(nodes, kNoNode);
  const auto add_junction = [&](Node node) {
    junction[node] = static_cast<uint32_t>(skeleton.junctions.size());
    skeleton.junctions.push_back(node);
  };
  for (Node node = 0; node < nodes; ++node) {
    if (peeled.hangs_on[node] == kNoNode && peeled.degree[node] != 2) add_junction(node);
  }
  std::vector<bool> in_chain(nodes);
  std::vector<std::pair<Node, Node>> joined;
  const auto walk = [&](Node start, Node second) {
    std::vector<Node> chain;
    Node before = start;
    Node node = second;
    while (junction[node] == kNoNode) {
      in_chain[node] = true;
      chain.push_back(node);
      Node after = kNoNode;
      for (const Node head : links.of(node)) {
        if (head != before && peeled.hangs_on[head] == kNoNode) after = head;
      }
      before = std::exchange(node, after);
    }
    joined.emplace_back(junction[start], junction[node]);
    if (chain.empty()) return;
    skeleton.ends.push_back(joined.back());
    halve(chain, skeleton.chains.emplace_back());
  };
  const auto walk_all = [&](Node start) {
    for (const Node head : links.of(start)) {
      if (peeled.hangs_on[head] != kNoNode || in_chain[head]) continue;
      if (junction[head] == kNoNode || head > start) walk(start, head);
    }
  };
  const size_t crossings = skeleton.junctions.size();
  for (size_t i = 0; i < crossings; ++i) walk_all(skeleton.junctions[i]);
  // What is left are rings: one of their nodes serves as the junction.
  for (Node node = 0; node < nodes; ++node) {
    if (peeled.hangs_on[node] != kNoNode || junction[node] != kNoNode || in_chain[node]) continue;
    add_junction(node);
    walk_all(node);
  }
  skeleton.links = make_links(static_cast<Node>(skeleton.junctions.size()), joined);
  return skeleton;
}

}  // namespace linli::geo
